import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { connect } from '../db/connect';
import { PolicyConflictError, publishPolicy } from '../db/policies';
import { policyTemplateChecks } from '../db/templates/published';
import type { PolicyChecks } from '../domain/policy/checkPolicy';
import { describePolicy, type DescribedPolicy } from '../domain/policy/describePolicy';
import { parsePolicy, type PolicyError } from '../domain/policy/parsePolicy';
import type { Policy } from '../domain/policy/types';
import { builtinTemplate, builtinTemplateNames } from '../domain/templates/builtin';
import { laterTemplates } from '../domain/templates/builtin/later';
import { CommandError } from './commandError';
import { commandEnvironment } from './environment';

/** `dunwell policy check|explain|publish FILE` */
export function register(program: Command): void {
  const command = program.command('policy').description('check, explain and publish collection policies');
  command.command('check').argument('<file>', 'policy as YAML or JSON').description('say whether a policy is right, and if not, what is wrong and where')
    .action(async (file: string) => {
      const { policy } = await readPolicyFile(file);
      process.stdout.write(`${file} is right: ${policy.policy}@${policy.version}, ${policy.steps.length} ${policy.steps.length === 1 ? 'step' : 'steps'}\n`);
    });
  command.command('explain').argument('<file>', 'policy as YAML or JSON').description('print the ladder in plain words')
    .action(async (file: string) => {
      process.stdout.write(explanation(describePolicy((await readPolicyFile(file)).policy)));
    });
  command.command('publish').argument('<file>', 'policy as YAML or JSON').description('publish a policy; new invoices are collected under it from then on')
    .action(publish);
}

/** Without a database only the built-in templates are known. */
const builtinChecks: PolicyChecks = { templates: builtinTemplateNames, isTemplate: (name) => builtinTemplate(name) !== null, internalTemplates: laterTemplates.filter(({ kind }) => kind === 'internal').map(({ name }) => name) };

/** Reads and checks a policy file. What is wrong ends the command with one line for each error: `file:line:column path: message`. */
export async function readPolicyFile(file: string, checks: PolicyChecks = builtinChecks): Promise<{ policy: Policy; source: string }> {
  const source = await readFile(file, 'utf8');
  const parsed = parsePolicy(source, extname(file).toLowerCase() === '.json' ? 'json' : 'yaml', checks);
  if (!parsed.ok) throw new CommandError(parsed.errors.map((error) => errorText(file, error)).join('\n'));
  return { policy: parsed.policy, source };
}

function errorText(file: string, { path, message, allowed, line, column }: PolicyError): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  const about = path === '' ? '' : ` ${path}`;
  const help = allowed === undefined || message.includes(allowed) ? '' : ` (allowed: ${allowed})`;
  return `${place}${about}: ${message}${help}`;
}

function explanation(described: DescribedPolicy): string {
  const lines = [`${described.title} (${described.name})`, '', `When:    ${described.calendar}`, `Contact: ${described.contact}`, ''];
  described.steps.forEach((step, index) => {
    lines.push(`${index + 1}. ${step.title} [${step.id}]`, `   ${step.timing}${step.condition === null ? '' : `, if ${step.condition}`}`);
    for (const action of step.actions) lines.push(`   - ${action}`);
    lines.push(`   ${step.catchUp}`);
    if (step.spacing) lines.push(`   ${step.spacing}`);
    lines.push('');
  });
  return lines.join('\n');
}

async function publish(file: string): Promise<void> {
  const { username } = userInfo();
  const knex = connect(commandEnvironment().databaseUrl, { poolMax: 1 });
  try {
    const { policy, source } = await readPolicyFile(file, await policyTemplateChecks(knex));
    const { published, activated } = await knex.transaction((trx) =>
      publishPolicy(trx, { policy, source, actor: { kind: 'system', id: `cli:${username}`, name: `${username} (command line)` } }));
    const name = `${policy.policy}@${policy.version}`;
    process.stdout.write(`${published ? `published ${name}` : `${name} was published before, with the same content`}; ${activated ? 'new invoices are collected under it from now on' : 'it is the active one already'}\n`);
  } catch (error) {
    if (error instanceof PolicyConflictError) throw new CommandError(error.message);
    throw error;
  } finally {
    await knex.destroy();
  }
}
