import { z } from 'zod';
import { disputeReasons } from '../../domain/dispute/dispute';
import { assignmentRules } from '../../domain/task/assign';
import { taskOutcomes } from '../../domain/task/outcome';
import { unknownPlaceholders } from '../../domain/task/wording';
import { collectors, contract, creditManagers, readers, workers } from './contract';
import { Currency, Flag, Id, Instant, LocalDate, LongText, Minor, PositiveMinor, QueryId, RowVersion, Search, Text, idParams, page, pageQuery } from './values';

const subject = { customerId: Id.nullable(), customerName: z.string().nullable(), invoiceId: Id.nullable(), invoiceNumber: z.string().nullable() };
export const TaskState = z.enum(['open', 'claimed', 'done', 'cancelled']).meta({ id: 'TaskState' });
export const TaskOutcome = z.enum(taskOutcomes).meta({ id: 'TaskOutcome' });
export const TaskReport = z.strictObject({
  outcome: TaskOutcome, note: LongText.optional(),
  inDays: z.int().min(1).max(60).optional().describe('no-answer: when to call again, in 2 days unless said; paid: how long the payment gets to come, 5 days unless said'),
  promise: z.strictObject({ promisedOn: LocalDate, amountMinor: PositiveMinor.optional().describe('Left out: all that is open and undisputed'), currency: Currency.optional().describe('Where the task is about no invoice') }).optional(),
  dispute: z.strictObject({ reason: z.enum(disputeReasons), amountMinor: PositiveMinor.optional().describe('Left out: all that is open') }).optional(),
  contactId: Id.optional().describe('wrong-number, wrong-contact: whose'),
}).meta({ id: 'TaskReport' });
const Person = z.object({ id: Id, name: z.string() });
const Priority = z.int().min(1).max(4).describe('1 is the most urgent, 2 normal, 4 the least');
export const Task = z.object({
  id: Id, queue: z.string(), title: z.string(), instructions: z.string().nullable(), priority: Priority, template: z.string().nullable(), outcomes: z.array(z.string()).nullable().describe('null: every outcome'),
  escalatedFrom: z.string().nullable().describe('The queue that it was in before it became overdue and was escalated'), followsId: Id.nullable().describe('The task whose outcome raised it'), ...subject, state: TaskState,
  assignee: Person.nullable(), dueOn: LocalDate.nullable(), overdue: z.boolean(), outcome: z.string().nullable(), note: z.string().nullable(), createdAt: Instant, closedAt: Instant.nullable(),
  openMinor: Minor.nullable(), currency: z.string().nullable(), rowVersion: RowVersion,
}).meta({ id: 'Task' });

const queueFields = { assignment: z.enum(assignmentRules).describe('How new tasks are given to its people'), escalation: z.enum(['none', 'lead', 'queue']).describe('Where a task goes, once, when it becomes overdue'), escalateTo: z.string().nullable() };
export const TaskQueue = z.object({ name: z.string(), ...queueFields, lead: Person.nullable(), members: z.array(Person) }).meta({ id: 'TaskQueue' });
const queueMembersMax = 500;

/** A text of a template: fields in braces must be fields that there are. */
function words<S extends z.ZodString>(text: S) {
  return text.superRefine((value, check) => {
    for (const message of unknownPlaceholders(value)) check.addIssue({ code: 'custom', message });
  });
}
const templateFields = {
  queue: Text, dueInDays: z.int().min(0).max(365), priority: Priority, outcomes: z.array(TaskOutcome).min(1).nullable().describe('The outcomes that it may end with; null: every one'), active: z.boolean(),
};
export const TaskTemplate = z.object({ name: z.string(), title: z.string(), instructions: z.string().nullable(), ...templateFields }).meta({ id: 'TaskTemplate' });
const templateName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be small letters, digits and hyphens, as in first-call');

const task = { tag: 'Tasks', access: workers, params: idParams, status: 200, answer: Task, etag: true, problems: [404, 409] } as const;
export const taskContracts = {
  listTasks: contract({
    id: 'listTasks', method: 'get', path: '/tasks', tag: 'Tasks', summary: 'Tasks, the most urgent first', access: readers,
    query: z.object({
      queue: z.string().max(100).optional(), state: z.array(TaskState).optional().describe('Left out: open and claimed'), mine: Flag.optional(), assigneeId: QueryId.optional(), unassigned: Flag.optional(), customerId: QueryId.optional(),
      invoiceId: QueryId.optional(), overdue: Flag.optional(), priority: z.coerce.number().int().min(1).max(4).optional(), sort: z.enum(['dueOn', 'priority']).default('dueOn'), ...pageQuery,
    }),
    status: 200, answer: page('TaskPage', Task),
  }),
  createTask: contract({
    ...task, id: 'createTask', method: 'post', path: '/tasks', params: undefined, status: 201, summary: 'Give people a task by hand', description: 'With a template, what is left out is as the template says.', problems: [404, 409],
    body: z.strictObject({
      template: templateName.optional(), queue: Text.optional(), title: Text.optional(), instructions: LongText.optional(), priority: Priority.optional(), dueOn: LocalDate.optional(),
      customerId: Id.optional(), invoiceId: Id.optional(), assigneeId: Id.optional(),
    }),
  }),
  listTaskQueues: contract({
    id: 'listTaskQueues', method: 'get', path: '/tasks/queues', tag: 'Tasks', summary: 'Queues, with what waits in them', access: readers, status: 200,
    answer: z.object({ items: z.array(z.object({ queue: z.string(), open: z.int(), claimed: z.int(), overdue: z.int() })) }).meta({ id: 'TaskQueues' }),
  }),
  getTask: contract({ ...task, id: 'getTask', method: 'get', path: '/tasks/{id}', summary: 'One task', access: readers }),
  claimTask: contract({ ...task, id: 'claimTask', method: 'post', path: '/tasks/{id}/claim', summary: 'Take a task' }),
  releaseTask: contract({ ...task, id: 'releaseTask', method: 'post', path: '/tasks/{id}/release', summary: 'Give a task back to its queue' }),
  completeTask: contract({ ...task, id: 'completeTask', method: 'post', path: '/tasks/{id}/complete', summary: 'Close a task with what came of it', description: 'The outcome does what follows from it: a call again, a promise, a dispute, a pause until a payment has come, another number to be found.', body: TaskReport }),
  reassignTask: contract({ ...task, id: 'reassignTask', method: 'post', path: '/tasks/{id}/reassign', summary: 'Give a task to a person or to another queue', access: collectors, body: z.strictObject({ assigneeId: Id.nullable().optional(), queue: Text.optional() }) }),
  reassignTasks: contract({
    id: 'reassignTasks', method: 'post', path: '/tasks/reassign', tag: 'Tasks', summary: 'Give up to 500 tasks to a person or to another queue', description: 'Tasks that are closed meanwhile are passed over.', access: creditManagers,
    body: z.strictObject({ ids: z.array(Id).min(1).max(500), assigneeId: Id.nullable().optional(), queue: Text.optional() }), status: 200,
    answer: z.object({ reassigned: z.int(), closed: z.int().describe('Passed over, since closed or unknown') }).meta({ id: 'Reassigned' }), problems: [409],
  }),

  listQueueSettings: contract({
    id: 'listQueueSettings', method: 'get', path: '/task-queues', tag: 'Tasks', summary: 'Queues with their people and rules, by name', access: readers, query: z.object({ search: Search.optional().describe('In the name, or in that of one of its people'), ...pageQuery }), status: 200, answer: page('TaskQueueSettings', TaskQueue),
  }),
  putQueue: contract({
    id: 'putQueue', method: 'put', path: '/task-queues/{name}', tag: 'Tasks', summary: 'Set up a queue: its people, how tasks are given out, where overdue ones go', access: creditManagers, params: z.object({ name: Text.max(100) }),
    body: z.strictObject({ ...queueFields, leadId: Id.nullable(), memberIds: z.array(Id).max(queueMembersMax) }), status: 200, answer: TaskQueue, problems: [409],
  }),
  listTaskTemplates: contract({
    id: 'listTaskTemplates', method: 'get', path: '/task-templates', tag: 'Tasks', summary: 'Task templates, by name', access: readers,
    query: z.object({ search: Search.optional().describe('In the name or the title'), queue: z.string().max(100).optional(), active: Flag.optional().describe('Whether it is in use'), ...pageQuery }), status: 200, answer: page('TaskTemplates', TaskTemplate),
  }),
  putTaskTemplate: contract({
    id: 'putTaskTemplate', method: 'put', path: '/task-templates/{name}', tag: 'Tasks', summary: 'Make or change a task template', access: creditManagers, params: z.object({ name: templateName }),
    body: z.strictObject({ title: words(z.string().trim().min(1).max(500)), instructions: words(z.string().trim().min(1).max(10_000)).nullable(), ...templateFields }), status: 200, answer: TaskTemplate,
  }),
};
