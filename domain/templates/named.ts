import { namedSegments, type AnyCondition } from '../condition/namedSegments';
import { suggestion } from '../policy/nearest';
import type { DocumentPath, Problems } from '../policy/problems';
import { templateFields } from './fields';
import { templateNamesFor, type TemplateKind } from './types';

/** What there is by name, when a document that names it is saved. */
export interface KnownNames {
  /** Those that are published. */
  templates: readonly { name: string; kind: TemplateKind }[];
  /** Those of which a version is in force. */
  policies: readonly string[];
  /** Short names, without those that are archived. */
  segments: readonly string[];
}

/** Says what is wrong with the name of a template: there is none, or it tells of what `whose` does not have. */
export function checkTemplateName(asked: string, { kinds, whose }: { kinds: readonly TemplateKind[]; whose: string }, path: DocumentPath, { templates }: KnownNames, problems: Problems): void {
  const fitting = templates.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const found = templateNamesFor(asked).map((name) => templates.find((each) => each.name === name)).find((each) => each !== undefined);
  const allowed = fitting.join(', ');
  if (!found) {
    problems.add(path, `no template "${asked}" is published${suggestion(asked, fitting)}`, allowed);
    return;
  }
  if (kinds.includes(found.kind)) return;
  problems.add(path, `"${asked}" is a template of the kind ${found.kind}: it needs ${listed(fieldsBeyond(found.kind))}, which ${whose} does not give${suggestion(asked, fitting)}`, allowed);
}

export function checkPolicyName(policy: string, path: DocumentPath, { policies }: KnownNames, problems: Problems): void {
  if (policies.includes(policy)) return;
  problems.add(path, `no version of a policy "${policy}" is in force${suggestion(policy, policies)}`, policies.join(', ') || 'publish one first');
}

type KnownSegments = Pick<KnownNames, 'segments'>;

export function checkSegmentName(segment: string, path: DocumentPath, { segments }: KnownSegments, problems: Problems): void {
  if (segments.includes(segment)) return;
  problems.add(path, `there is no segment "${segment}"${suggestion(segment, segments)}`, segments.join(', ') || 'make one first');
}

/** Says which segments a condition asks about that are not there: it would never hold, or always. */
export function checkSegmentsOf(condition: AnyCondition | null | undefined, path: DocumentPath, names: KnownSegments, problems: Problems): void {
  for (const { segment, path: at } of namedSegments(condition, path)) checkSegmentName(segment, at, names, problems);
}

/** The fields that every message of a kind has, and a message about an invoice has not. */
function fieldsBeyond(kind: TemplateKind): string[] {
  const plain = new Set(templateFields('customer').map(({ name }) => name));
  return templateFields(kind).filter(({ name, optional }) => !optional && !plain.has(name)).map(({ name }) => name);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
