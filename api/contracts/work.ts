import { z } from 'zod';
import { collectors, contract, creditManagers, readers, workers } from './contract';
import { Flag, Id, Instant, LocalDate, LongText, Minor, QueryId, RowVersion, Text, idParams, page, pageQuery } from './values';

const subject = { customerId: Id.nullable(), customerName: z.string().nullable(), invoiceId: Id.nullable(), invoiceNumber: z.string().nullable() };
export const TaskState = z.enum(['open', 'claimed', 'done', 'cancelled']).meta({ id: 'TaskState' });
export const TaskOutcome = z.enum(['done', 'no-answer', 'promised', 'disputed', 'paid', 'wrong-contact']).meta({ id: 'TaskOutcome' });
export const Task = z.object({
  id: Id, queue: z.string(), title: z.string(), instructions: z.string().nullable(), ...subject, state: TaskState, assignee: z.object({ id: Id, name: z.string() }).nullable(), dueOn: LocalDate.nullable(), overdue: z.boolean(),
  outcome: z.string().nullable(), note: z.string().nullable(), createdAt: Instant, closedAt: Instant.nullable(), openMinor: Minor.nullable(), currency: z.string().nullable(), rowVersion: RowVersion,
}).meta({ id: 'Task' });

export const HoldKind = z.enum(['credit', 'pause-work', 'lock-out']).meta({ id: 'HoldKind' });
export const Hold = z.object({
  id: Id, kind: HoldKind, customerId: Id, customerName: z.string(), invoiceId: Id.nullable(), invoiceNumber: z.string().nullable(), step: z.string().nullable(), reason: z.string().nullable(), placedAt: Instant, placedBy: z.string(),
  releasedAt: Instant.nullable(), releasedBy: z.string().nullable(), releaseReason: z.string().nullable(),
}).meta({ id: 'Hold' });
export const Handoff = z.object({ id: Id, customerId: Id, customerName: z.string(), invoiceId: Id, invoiceNumber: z.string(), agency: z.string().nullable(), openMinor: Minor, currency: z.string(), at: Instant }).meta({ id: 'Handoff' });
export const Notification = z.object({ id: Id, audience: z.string(), title: z.string(), ...subject, at: Instant, readAt: Instant.nullable() }).meta({ id: 'Notification' });

const task = { tag: 'Tasks', access: workers, params: idParams, status: 200, answer: Task, etag: true, problems: [404, 409] } as const;
export const workContracts = {
  listTasks: contract({
    id: 'listTasks', method: 'get', path: '/tasks', tag: 'Tasks', summary: 'Tasks, the most urgent first', access: readers,
    query: z.object({ queue: z.string().max(100).optional(), state: z.array(TaskState).optional().describe('Left out: open and claimed'), mine: Flag.optional(), assigneeId: QueryId.optional(), customerId: QueryId.optional(), invoiceId: QueryId.optional(), overdue: Flag.optional(), ...pageQuery }),
    status: 200, answer: page('TaskPage', Task),
  }),
  listTaskQueues: contract({
    id: 'listTaskQueues', method: 'get', path: '/tasks/queues', tag: 'Tasks', summary: 'Queues, with what waits in them', access: readers, status: 200,
    answer: z.object({ items: z.array(z.object({ queue: z.string(), open: z.int(), claimed: z.int(), overdue: z.int() })) }).meta({ id: 'TaskQueues' }),
  }),
  getTask: contract({ ...task, id: 'getTask', method: 'get', path: '/tasks/{id}', summary: 'One task', access: readers }),
  claimTask: contract({ ...task, id: 'claimTask', method: 'post', path: '/tasks/{id}/claim', summary: 'Take a task' }),
  releaseTask: contract({ ...task, id: 'releaseTask', method: 'post', path: '/tasks/{id}/release', summary: 'Give a task back to its queue' }),
  completeTask: contract({ ...task, id: 'completeTask', method: 'post', path: '/tasks/{id}/complete', summary: 'Close a task with what came of it', body: z.strictObject({ outcome: TaskOutcome, note: LongText.optional() }) }),
  reassignTask: contract({ ...task, id: 'reassignTask', method: 'post', path: '/tasks/{id}/reassign', summary: 'Give a task to a person or to another queue', access: collectors, body: z.strictObject({ assigneeId: Id.nullable().optional(), queue: Text.optional() }) }),

  listHolds: contract({ id: 'listHolds', method: 'get', path: '/holds', tag: 'Holds', summary: 'Holds, newest first', access: readers, query: z.object({ active: Flag.optional(), customerId: QueryId.optional(), kind: HoldKind.optional(), ...pageQuery }), status: 200, answer: page('HoldPage', Hold) }),
  placeHold: contract({ id: 'placeHold', method: 'post', path: '/holds', tag: 'Holds', summary: 'Put a customer on hold by hand', access: creditManagers, body: z.strictObject({ customerId: Id, kind: HoldKind, reason: Text }), status: 201, answer: Hold, problems: [404] }),
  releaseHold: contract({ id: 'releaseHold', method: 'post', path: '/holds/{id}/release', tag: 'Holds', summary: 'Release a hold', access: creditManagers, params: idParams, body: z.strictObject({ reason: Text }), status: 200, answer: Hold, problems: [404, 409] }),

  listHandoffs: contract({ id: 'listHandoffs', method: 'get', path: '/handoffs', tag: 'Hand-offs', summary: 'Invoices handed to an agency, newest first', access: readers, query: z.object({ customerId: QueryId.optional(), ...pageQuery }), status: 200, answer: page('HandoffPage', Handoff) }),
  listNotifications: contract({ id: 'listNotifications', method: 'get', path: '/notifications', tag: 'Notifications', summary: 'Notifications, newest first', access: readers, query: z.object({ audience: z.string().max(100).optional(), unread: Flag.optional(), ...pageQuery }), status: 200, answer: page('NotificationPage', Notification) }),
  readNotification: contract({ id: 'readNotification', method: 'post', path: '/notifications/{id}/read', tag: 'Notifications', summary: 'Mark as read', access: workers, params: idParams, status: 200, answer: Notification, problems: [404] }),
};
