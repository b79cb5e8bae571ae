import { checkTimeZone } from '../calendar/checkTimeZone';
import { checkPlace } from '../policy/checkPlace';
import { readCondition, type ConditionReading } from '../policy/readCondition';
import { pathText, Problems, type PolicyError } from '../policy/problems';
import { taskFields, unknownPlaceholders } from '../task/wording';
import { checkAudience, checkNamesOf, checkQueueName, checkTaskTemplate, type KnownNames, type NamedInConditions } from '../templates/named';
import type { ConditionDocument } from '../policy/schema';
import { conditionDocumentOf } from '../policy/printPolicy';
import type { Condition } from '../policy/types';
import type { Cadence } from './cadence';
import { isMail, type SegmentAction, type SegmentRun } from './types';

/** What a segment does, as it is written. */
export interface SegmentRunDocument {
  rhythm: Cadence['rhythm'];
  timeZone: string;
  /** Minutes after midnight there. */
  atMinute: number;
  holidays: Cadence['holidays'];
  when: ConditionDocument | null;
  invoices: { which: 'overdue' | 'open'; where: ConditionDocument | null };
  actions: SegmentAction[];
  minimumDaysBetween: number;
}

/** Working hours on weekdays that are no holidays, where each customer is. */
const officeHours: SegmentRun['calendar'] = { timeZone: 'customer', window: { opensMinute: 9 * 60, closesMinute: 17 * 60 }, weekdays: [1, 2, 3, 4, 5], holidays: 'customer' };

/** The run that a document means, or what is wrong with it. `names`: what its conditions may ask about, and the queues and task templates that there are; not checked when not given. `without`: fields that its conditions may not use, and why. */
export function readRun(document: SegmentRunDocument, names: NamedInConditions & Partial<Pick<KnownNames, 'queues' | 'taskTemplates'>> = {}, without: ConditionReading['without'] = {}): { ok: true; run: SegmentRun } | { ok: false; errors: PolicyError[] } {
  const problems = new Problems();
  const wrongZone = checkTimeZone(document.timeZone);
  if (wrongZone !== null) problems.add(['timeZone'], `"${document.timeZone}" ${wrongZone}`, 'an IANA time zone such as Europe/Berlin');
  if (document.holidays) checkPlace(document.holidays.country, document.holidays.region, ['holidays'], problems);
  const when = document.when === null ? null : readCondition(document.when, ['when'], problems, { subject: 'customer', without });
  const where = document.invoices.where === null ? null : readCondition(document.invoices.where, ['invoices', 'where'], problems, { subject: 'invoice', without });
  checkNamesOf(document.when, ['when'], names, problems);
  checkNamesOf(document.invoices.where, ['invoices', 'where'], names, problems);
  const { queues, taskTemplates } = names;
  if (document.actions.length === 0) problems.add(['actions'], 'a run does something', 'an email, a statement, a task or a notification');
  document.actions.forEach((action, index) => {
    for (const [name, text] of Object.entries(textsOf(action))) for (const wrong of unknownPlaceholders(text ?? '')) problems.add(['actions', index, name], wrong, taskFields.map((field) => `{${field}}`).join(', '));
    if (queues && action.kind === 'task') checkQueueName(action.queue, ['actions', index, 'queue'], { queues }, problems);
    if (taskTemplates && action.kind === 'task') checkTaskTemplate(action.template, ['actions', index, 'template'], { taskTemplates }, problems);
    if (queues && action.kind === 'notify') checkAudience(action.audience, ['actions', index, 'audience'], { queues }, problems);
    if (isMail(action) && document.actions.findIndex(isMail) < index) problems.add(['actions', index], 'a run sends each customer one email or one statement');
  });
  if (problems.found.length > 0) return { ok: false, errors: problems.found.map(({ path, message, allowed }) => ({ path: pathText(path), message, ...(allowed === undefined ? {} : { allowed }) })) };
  const { rhythm, timeZone, atMinute, holidays, actions, minimumDaysBetween } = document;
  return { ok: true, run: { cadence: { rhythm, timeZone, atMinute, holidays }, when, invoices: { which: document.invoices.which, where }, actions, minimumDaysBetween, calendar: officeHours } };
}

/** The texts of an action that may hold the fields of a task, by the names under which they are written. */
function textsOf(action: SegmentAction): Record<string, string | null> {
  switch (action.kind) {
    case 'task': return { title: action.title, instructions: action.instructions ?? null };
    case 'notify': return { title: action.title };
    case 'email': case 'statement': return {};
  }
}

/** The document that a run was read from. */
export function documentOfRun({ cadence: { rhythm, timeZone, atMinute, holidays }, when, invoices: { which, where }, actions, minimumDaysBetween }: SegmentRun): SegmentRunDocument {
  const written = (condition: Condition | null): ConditionDocument | null => (condition === null ? null : conditionDocumentOf(condition));
  return { rhythm, timeZone, atMinute, holidays, when: written(when), invoices: { which, where: written(where) }, actions: [...actions], minimumDaysBetween };
}
