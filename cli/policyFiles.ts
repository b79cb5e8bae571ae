import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { startedBy } from '../domain/policy/byName';
import type { PolicyChecks } from '../domain/policy/checkPolicy';
import { parsePolicy, type PolicyError } from '../domain/policy/parsePolicy';
import { identityOf } from '../domain/policy/sourceVersion';
import type { Policy } from '../domain/policy/types';
import { builtinTemplate, builtinTemplateNames } from '../domain/templates/builtin';
import { laterTemplates } from '../domain/templates/builtin/later';
import { CommandError } from './commandError';

/** A policy, and the text that it was read from. */
export interface PolicyText {
  policy: Policy;
  source: string;
}

/** The option of commands that read a policy with those that its steps start. */
export const policiesOption = ['--policies <dir>', 'folder with the policies that its steps start (default: the folder of the policy)'] as const;

/** Without a database only the built-in templates are known. */
const builtinChecks: PolicyChecks = { templates: builtinTemplateNames, isTemplate: (name) => builtinTemplate(name) !== null, internalTemplates: laterTemplates.filter(({ kind }) => kind === 'internal').map(({ name }) => name) };

/** Reads and checks a policy file. What is wrong ends the command with one line for each error: `file:line:column path: message`. */
export async function readPolicyFile(file: string, checks: PolicyChecks = builtinChecks): Promise<PolicyText> {
  const source = await readFile(file, 'utf8');
  const parsed = parsePolicy(source, extname(file).toLowerCase() === '.json' ? 'json' : 'yaml', checks);
  if (!parsed.ok) throw new CommandError(parsed.errors.map((error) => errorText(file, error)).join('\n'));
  return { policy: parsed.policy, source };
}

/**
 * The same, with the policies that its steps start, and those that theirs do. They are looked for by name in a folder, that of the file unless given; of several versions
 * there the highest counts. `segments`: those that their conditions may ask about; not checked when not given.
 */
export async function readPolicySet(file: string, folder = dirname(file), segments?: readonly { key: string }[]): Promise<PolicyText & { others: PolicyText[] }> {
  const files = await policiesIn(folder);
  const checks: PolicyChecks = { ...builtinChecks, policies: [...files.keys()], ...(segments ? { segments: segments.map(({ key }) => key) } : {}) };
  const first = await readPolicyFile(file, checks);
  const read = new Map([[first.policy.policy, first]]);
  // Grows while it is gone through: a policy that is started may start another.
  for (const { policy } of read.values()) {
    for (const name of startedBy(policy)) if (!read.has(name)) read.set(name, await readPolicyFile(files.get(name)!.file, checks));
  }
  return { ...first, others: [...read.values()].slice(1) };
}

/** The policies of a folder by the names that they give themselves. */
async function policiesIn(folder: string): Promise<Map<string, { file: string; version: number }>> {
  const found = new Map<string, { file: string; version: number }>();
  const names = (await readdir(folder)).filter((name) => ['.yaml', '.yml', '.json'].includes(extname(name).toLowerCase())).sort();
  for (const name of names) {
    const file = join(folder, name);
    const { policy, version } = identityOf(await readFile(file, 'utf8'));
    if (policy !== null && (version ?? 0) > (found.get(policy)?.version ?? -1)) found.set(policy, { file, version: version ?? 0 });
  }
  return found;
}

function errorText(file: string, { path, message, allowed, line, column }: PolicyError): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  const about = path === '' ? '' : ` ${path}`;
  const help = allowed === undefined || message.includes(allowed) ? '' : ` (allowed: ${allowed})`;
  return `${place}${about}: ${message}${help}`;
}
