import { z } from 'zod';
import { runReasons } from '../../domain/segment/explainDecision';
import { wantedTask } from '../../domain/task/schema';
import { contract, creditManagers, readers } from './contract';
import { MessageState } from './messages';
import { EventKindName, Flag, Id, Instant, LocalDate, LongText, QueryId, RowVersion, Search, Text, idParams, page, pageQuery } from './values';

/** A condition as written: checked by the reader of conditions, which says what is wrong and where. */
export const ConditionBody = z.record(z.string(), z.unknown()).describe('{all: […]}, {any: […]}, {not: …}, {invoices, where} or {field, op, value}').meta({ id: 'ConditionDocument' });
const Op = z.enum(['>', '>=', '<', '<=', '=', '!=', 'in', 'not-in', 'is-set']);

export const Segment = z.object({
  id: Id, key: z.string(), title: z.string(), description: z.string().nullable(), condition: ConditionBody, conditionText: z.string().describe('In words'), archived: z.boolean(),
  refreshing: z.boolean().describe('Its members under a new condition are still being found'), members: z.int(), createdAt: Instant, createdBy: z.string(), updatedAt: Instant, rowVersion: RowVersion,
}).meta({ id: 'Segment' });
const SegmentMember = z.object({
  customerId: Id, customerName: z.string(), externalId: z.string(), joinedAt: Instant, reason: z.string().describe('Why, as it was on joining'), behaviour: z.string().nullable(),
}).meta({ id: 'SegmentMember' });
const SegmentChange = z.object({
  id: Id, segmentId: Id, segmentTitle: z.string(), customerId: Id, customerName: z.string(), change: z.enum(['joined', 'left']), at: Instant, reason: z.string(),
}).meta({ id: 'SegmentChange' });
const whose = Search.optional().describe('In the name or the number of the customer');
const Fault = z.object({ path: z.string(), message: z.string(), allowed: z.string().optional() });
const SegmentPreview = z.object({
  valid: z.boolean(), errors: z.array(Fault), conditionText: z.string().nullable(), total: z.int(),
  customers: z.array(z.object({ customerId: Id, customerName: z.string(), externalId: z.string(), reason: z.string() })).describe('The first of them'),
}).meta({ id: 'SegmentPreview' });
const CustomerSegments = z.object({
  behaviour: z.object({ class: z.enum(['new', 'prompt', 'slow', 'at-risk']), reason: z.string() }).nullable(),
  items: z.array(z.object({ segmentId: Id, key: z.string(), title: z.string(), joinedAt: Instant, reason: z.string() })),
}).meta({ id: 'CustomerSegments' });
const ConditionField = z.object({
  name: z.string(), title: z.string(), type: z.enum(['money', 'number', 'share', 'text', 'set', 'date', 'custom']), ops: z.array(Op), choices: z.array(z.string()).optional(), othersToo: z.boolean().optional().describe('Other values than the choices may be meant'), notSimulated: z.literal(true).optional().describe('No simulation knows it: no step of a policy may ask for it'),
  of: z.enum(['invoice', 'customer', 'event']).describe('Fields of an invoice stand in `where` in a condition on customers; those of an event are there where one sets off what the condition is of'),
}).meta({ id: 'ConditionField' });

const Subject = z.enum(['invoice', 'customer']).default('customer');
const SetOffBy = EventKindName.optional().describe('The event that sets off what the condition is of, as an automation\'s: what it tells can be asked for too');

export const SegmentKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be small letters, digits and hyphens, 63 at most');
const words = { title: Text, description: LongText.nullable().optional(), condition: ConditionBody };

const Rhythm = z.union([
  z.strictObject({ every: z.literal('week'), weekday: z.int().min(1).max(7).describe('1 = Monday'), interval: z.int().min(1).max(52).describe('2: every second week'), from: LocalDate.optional().describe('A day of the first week, before which there is no run; left out: weeks are counted from 2024-01-01') }),
  z.strictObject({ every: z.literal('month'), day: z.int().min(1).max(31).describe('The last day of a month that has fewer') }),
  z.strictObject({ every: z.literal('month-business-day'), nth: z.int().min(1).max(20) }),
]);
const RunAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('email'), template: z.string().min(1).max(63), to: z.array(z.enum(['billing', 'escalation', 'leadership'])).min(1).default(['billing']) }),
  z.strictObject({
    kind: z.literal('statement'), template: z.string().min(1).max(63).default('statement'), to: z.array(z.enum(['billing', 'escalation', 'leadership'])).min(1).default(['billing']),
    sendWhen: z.enum(['open-or-moved', 'open', 'always']).default('open-or-moved').describe('open-or-moved: where something is open, or anything moved since the last statement'),
  }).describe('A statement of the account, with a PDF; it waits for no spacing and counts in no cap'),
  z.strictObject({ kind: z.literal('task'), ...wantedTask }),
  z.strictObject({ kind: z.literal('notify'), audience: z.string().min(1).max(60), title: Text }),
]).meta({ id: 'SegmentRunAction' });
export const SegmentRunInput = z.strictObject({
  rhythm: Rhythm, timeZone: z.string().max(60).describe('IANA name'), atMinute: z.int().min(0).max(1439).describe('Minutes after midnight there'),
  holidays: z.strictObject({ country: z.string().regex(/^[A-Z]{2}$/), region: z.string().max(20).nullable() }).nullable().default(null).describe('Whose public holidays are no business days'),
  when: ConditionBody.nullable().default(null).describe('Asked of each customer at the run'),
  invoices: z.strictObject({ which: z.enum(['overdue', 'open']), where: ConditionBody.nullable().default(null) }).describe('Which invoices the email lists'),
  actions: z.array(RunAction).max(10).describe('One email or statement at most. Tasks and notifications come also where the email has to wait or reaches nobody'), minimumDaysBetween: z.int().min(0).max(60).default(3),
}).meta({ id: 'SegmentRunInput' });
const SegmentSchedule = z.object({
  run: SegmentRunInput.nullable(), cadence: z.string().nullable().describe('In words; null: it does nothing by itself'), consolidated: z.boolean(), paused: z.boolean(), skipNext: z.boolean(), nextRunAt: Instant.nullable(),
  runs: z.array(z.object({ number: z.int(), plannedAt: Instant, askedBy: z.string().nullable(), state: z.enum(['running', 'done', 'skipped']), endedAt: Instant.nullable(), executed: z.int(), suppressed: z.int(), deferred: z.int() })).describe('The latest first'),
}).meta({ id: 'SegmentSchedule' });
const RunPreview = z.object({
  at: Instant.nullable(), dates: z.array(Instant).describe('The next run and those after it'), looked: z.int(),
  customers: z.array(z.object({ customerId: Id, customerName: z.string(), decision: z.enum(['act', 'suppress', 'defer']), reason: z.string(), email: z.boolean(), others: z.int().describe('Tasks and notifications'), until: Instant.nullable(), invoices: z.int() })),
}).meta({ id: 'SegmentRunPreview' });
const SegmentDecision = z.object({
  segmentId: Id, segmentTitle: z.string(), run: z.int(), customerId: Id, customerName: z.string(), outcome: z.enum(['executed', 'suppressed', 'deferred']), reasonCode: z.enum(runReasons),
  explanation: z.string().describe('In a sentence, with what became of the email'), at: Instant, until: Instant.nullable().describe('Of what waits'), messageId: z.string().nullable(), messageState: MessageState.nullable(),
}).meta({ id: 'SegmentDecision' });
const decided = { outcome: SegmentDecision.shape.outcome.optional(), reason: z.enum(runReasons).optional() };
const SegmentCollection = z.object({
  inBatches: z.boolean().describe('One workflow makes the decisions of the invoices of all members, in place of one for each invoice'), since: Instant.nullable(),
  batched: z.int().describe('Invoices in its batches'), ownWorkflow: z.int().describe('Invoices with a workflow of their own: all, or while something about them needs one'),
  elsewhere: z.int().describe('Invoices in the batches of a segment that has collected in batches for longer'), handingOver: z.boolean().describe('It is still being looked at who collects what'),
}).meta({ id: 'SegmentCollection' });
const collectionRoute = { tag: 'Segments', params: idParams, path: '/segments/{id}/collection', status: 200, answer: SegmentCollection } as const;
const runRoute = { tag: 'Segments', access: creditManagers, params: idParams, status: 200, answer: SegmentSchedule, problems: [404, 409] } as const;

export const segmentContracts = {
  getSegmentCollection: contract({ ...collectionRoute, id: 'getSegmentCollection', method: 'get', summary: 'Who collects the invoices of a segment’s members', access: readers, problems: [404] }),
  setSegmentCollection: contract({
    ...collectionRoute, id: 'setSegmentCollection', method: 'put', summary: 'Collect the invoices of a segment’s members in batches, or by a workflow each',
    description: 'What is decided is the same. An invoice that is disputed, promised, awaiting approval or paused by hand keeps a workflow of its own while it is. It takes effect within seconds, also in the middle of a ladder.',
    access: creditManagers, body: z.strictObject({ inBatches: z.boolean() }), problems: [404, 409],
  }),
  getSegmentSchedule: contract({ ...runRoute, id: 'getSegmentSchedule', method: 'get', path: '/segments/{id}/schedule', summary: 'When a segment writes to its customers, and what its runs came to', access: readers }),
  setSegmentSchedule: contract({
    ...runRoute, id: 'setSegmentSchedule', method: 'put', path: '/segments/{id}/schedule', summary: 'Say when a segment writes to its customers, and about what', description: 'With `consolidated` its customers get no email about single invoices any more, save what they expect, such as the invoice itself.',
    body: z.strictObject({ run: SegmentRunInput.nullable(), consolidated: z.boolean().default(false) }), problems: [404, 422],
  }),
  controlSegmentRun: contract({ ...runRoute, id: 'controlSegmentRun', method: 'post', path: '/segments/{id}/schedule/control', summary: 'Pause, resume, run now, or skip the next run', body: z.strictObject({ do: z.enum(['pause', 'resume', 'run-now', 'skip-next']) }) }),
  previewSegmentRun: contract({ ...runRoute, id: 'previewSegmentRun', method: 'get', path: '/segments/{id}/schedule/preview', summary: 'What the next run would do to the first 200 members, as the ledger is now', access: readers, answer: RunPreview }),
  listSegmentRunDecisions: contract({
    id: 'listSegmentRunDecisions', method: 'get', path: '/segments/{id}/runs/{run}/decisions', tag: 'Segments', summary: 'Why each member was or was not written to in a run', access: readers,
    params: z.object({ id: QueryId, run: QueryId.describe('The number of the run') }), query: z.object({ ...decided, customerId: QueryId.optional(), search: whose, ...pageQuery }), status: 200, answer: page('SegmentDecisionPage', SegmentDecision), problems: [404],
  }),
  listCustomerRunDecisions: contract({
    id: 'listCustomerRunDecisions', method: 'get', path: '/customers/{id}/segment-decisions', tag: 'Segments', summary: 'What the runs of segments came to for a customer, and why, newest first', access: readers,
    params: idParams, query: z.object({ ...decided, ...pageQuery }), status: 200, answer: page('CustomerRunDecisionPage', SegmentDecision), problems: [404],
  }),
  listSegments: contract({
    id: 'listSegments', method: 'get', path: '/segments', tag: 'Segments', summary: 'Segments by title', access: readers,
    query: z.object({ search: Search.optional().describe('In the title or the key'), archived: Flag.optional(), ...pageQuery }), status: 200, answer: page('Segments', Segment),
  }),
  createSegment: contract({
    id: 'createSegment', method: 'post', path: '/segments', tag: 'Segments', summary: 'Make a segment', description: 'Its members are found within seconds, and followed from then on.',
    access: creditManagers, body: z.strictObject({ key: SegmentKey, ...words }), status: 201, answer: Segment, etag: true, problems: [409, 422],
  }),
  previewSegment: contract({
    id: 'previewSegment', method: 'post', path: '/segments/preview', tag: 'Segments', summary: 'Whom a condition selects now, saving nothing', access: creditManagers,
    body: z.strictObject({ condition: ConditionBody, limit: z.int().min(0).max(200).default(50) }), status: 200, answer: SegmentPreview,
  }),
  getSegment: contract({ id: 'getSegment', method: 'get', path: '/segments/{id}', tag: 'Segments', summary: 'One segment', access: readers, params: idParams, status: 200, answer: Segment, etag: true, problems: [404] }),
  updateSegment: contract({
    id: 'updateSegment', method: 'patch', path: '/segments/{id}', tag: 'Segments', summary: 'Change a segment, or archive it', access: creditManagers, params: idParams,
    body: z.strictObject({ title: Text.optional(), description: LongText.nullable().optional(), condition: ConditionBody.optional(), archived: z.boolean().optional(), evenIfNamed: z.boolean().optional().describe('Archive it although policies, automations, campaigns or runs of other segments ask about it: nobody is in it for them any more') }), status: 200, answer: Segment, etag: true, problems: [404, 409, 422],
  }),
  listSegmentMembers: contract({ id: 'listSegmentMembers', method: 'get', path: '/segments/{id}/members', tag: 'Segments', summary: 'Who is in a segment, and why', access: readers, params: idParams, query: z.object({ search: whose, ...pageQuery }), status: 200, answer: page('SegmentMemberPage', SegmentMember), problems: [404] }),
  listSegmentHistory: contract({ id: 'listSegmentHistory', method: 'get', path: '/segments/{id}/history', tag: 'Segments', summary: 'Who joined and left, and why, newest first', access: readers, params: idParams, query: z.object({ search: whose, change: SegmentChange.shape.change.optional(), ...pageQuery }), status: 200, answer: page('SegmentChangePage', SegmentChange), problems: [404] }),
  getCustomerSegments: contract({ id: 'getCustomerSegments', method: 'get', path: '/customers/{id}/segments', tag: 'Segments', summary: 'The segments that a customer is in, and how it pays', access: readers, params: idParams, status: 200, answer: CustomerSegments, problems: [404] }),
  listConditionFields: contract({
    id: 'listConditionFields', method: 'get', path: '/conditions/fields', tag: 'Segments', summary: 'What conditions can ask about', access: readers,
    query: z.object({ subject: Subject, event: SetOffBy }), status: 200, answer: z.object({ items: z.array(ConditionField) }).meta({ id: 'ConditionFields' }),
  }),
  describeCondition: contract({
    id: 'describeCondition', method: 'get', path: '/conditions/describe', tag: 'Segments', summary: 'A condition in words, or what is wrong with it and where', access: readers,
    query: z.object({ subject: Subject, event: SetOffBy, simulated: Flag.default(false).describe('It is for what is simulated, as a step of a policy: what no simulation knows is refused'), condition: z.string().max(20_000).describe('The condition as JSON') }),
    status: 200, answer: z.object({ valid: z.boolean(), text: z.string().nullable(), errors: z.array(Fault) }).meta({ id: 'DescribedCondition' }), problems: [422],
  }),
};
