import { roles } from '../access/roles';
import { isComparable, namedCustomFields, namedQueues, namedSegments, type AnyCondition, type NamedCustomField } from '../condition/named';
import type { CustomType } from '../ledger/customFields';
import { suggestion } from '../policy/nearest';
import { shown, type DocumentPath, type Problems } from '../policy/problems';
import { queueMeant } from '../task/queueName';
import type { WantedTask } from '../task/schema';
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
  customFields: readonly KnownCustomField[];
  /** Those that are set up. */
  queues: readonly string[];
  /** Task templates that are in use. */
  taskTemplates: readonly string[];
}

export interface KnownCustomField {
  /** As conditions name it: `customer.custom.score`. */
  name: string;
  type: CustomType;
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

export function checkSegmentName(segment: string, path: DocumentPath, { segments }: Pick<KnownNames, 'segments'>, problems: Problems): void {
  if (segments.includes(segment)) return;
  problems.add(path, `there is no segment "${segment}"${suggestion(segment, segments)}`, segments.join(', ') || 'make one first');
}

/** What conditions name. A list that is left out is not checked. */
export type NamedInConditions = Partial<Pick<KnownNames, 'segments' | 'customFields' | 'queues'>>;

/** Says which segments, queues and custom fields a condition asks about that are not there, and which are compared with what they can never be: it would never hold, or always. */
export function checkNamesOf(condition: AnyCondition | null | undefined, path: DocumentPath, { segments, customFields, queues }: NamedInConditions, problems: Problems): void {
  if (segments) for (const { segment, path: at } of namedSegments(condition, path)) checkSegmentName(segment, at, { segments }, problems);
  if (queues) for (const { queue, path: at } of namedQueues(condition, path)) checkQueueName(queue, at, { queues }, problems);
  if (customFields) for (const named of namedCustomFields(condition, path)) checkCustomField(named, customFields, problems);
}

const literalsOf: Readonly<Record<CustomType, string>> = { text: 'a text', number: 'a number, as in 30', boolean: 'true or false', date: 'a date in quotes, as in "2026-03-01", or "today-30d"' };

function checkCustomField({ field, literals, path }: NamedCustomField, known: readonly KnownCustomField[], problems: Problems): void {
  const found = known.find(({ name }) => name === field);
  if (!found) {
    const names = known.map(({ name }) => name);
    problems.add([...path, 'field'], `there is no custom field "${field}"${suggestion(field, names)}`, names.join(', ') || 'add it to the settings first, or import records that have it');
    return;
  }
  const wrong = literals.find((literal) => !isComparable(found.type, literal));
  if (wrong !== undefined) problems.add([...path, 'value'], `${shown(wrong)} is never the value of ${field}, whose type is ${found.type}`, literalsOf[found.type]);
}

const addressPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type KnownQueues = Pick<KnownNames, 'queues'>;

/** Case makes no other queue: a task finds its own by `collections` too. */
export function checkQueueName(queue: string, path: DocumentPath, { queues }: KnownQueues, problems: Problems): void {
  if (queueMeant(queue, queues) !== null) return;
  problems.add(path, `there is no queue "${queue}"${suggestion(queue, queues)}`, queues.join(', ') || 'set one up first');
}

/** Who is told: all of a role, the people of a queue, whose account the customer is, or a colleague by their address. */
export function checkAudience(audience: string, path: DocumentPath, { queues }: KnownQueues, problems: Problems): void {
  const audiences = [...roles, 'owner', ...queues];
  if (queueMeant(audience, audiences) !== null || addressPattern.test(audience)) return;
  problems.add(path, `there is no role or queue "${audience}"${suggestion(audience, audiences)}`, `${audiences.join(', ')}, or a colleague's address`);
}

export function checkTaskTemplate(template: string | null | undefined, path: DocumentPath, { taskTemplates }: Pick<KnownNames, 'taskTemplates'>, problems: Problems): void {
  if (template === null || template === undefined || taskTemplates.includes(template)) return;
  problems.add(path, `no task template "${template}" is in use${suggestion(template, taskTemplates)}`, taskTemplates.join(', ') || 'make one first');
}

/** What a task names: its queue, and its template. */
export function checkTaskNames({ queue, template }: Pick<WantedTask, 'queue' | 'template'>, path: DocumentPath, names: Pick<KnownNames, 'queues' | 'taskTemplates'>, problems: Problems): void {
  checkQueueName(queue, [...path, 'queue'], names, problems);
  checkTaskTemplate(template, [...path, 'template'], names, problems);
}

/** The fields that every message of a kind has, and a message about an invoice has not. */
function fieldsBeyond(kind: TemplateKind): string[] {
  const plain = new Set(templateFields('customer').map(({ name }) => name));
  return templateFields(kind).filter(({ name, optional }) => !optional && !plain.has(name)).map(({ name }) => name);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
