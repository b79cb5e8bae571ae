import type { Knex } from 'knex';
import { assertNever } from '../../domain/assertNever';
import { addDays, dayNumber } from '../../domain/calendar/dates';
import { localDateAt, startOfDay } from '../../domain/calendar/zones';
import { againInDays, paymentComesInDays, type TaskReport } from '../../domain/task/outcome';
import { appendAudit, type Actor } from '../audit';
import { recordControl } from '../collection/controls';
import { openDispute } from '../disputes';
import { touchLedger } from '../ledger';
import type { RecordResult } from '../ledger/context';
import { recordPromise } from '../promises';
import { keepLongerPause } from '../replies/moveThreadPause';
import type { Task } from '../readmodels/work';
import { raiseTasks, type NewTask } from './raiseTasks';
import { worksSql } from './workers';

/** What a report asked for cannot be; each fault with its field. */
export class ReportError extends Error {
  override name = 'ReportError';
  constructor(readonly errors: readonly { path: string; message: string }[]) {
    super(errors.map(({ path, message }) => `${path} ${message}`).join('; '));
  }
}

interface Carried {
  trx: Knex.Transaction;
  actor: Actor;
  task: Task;
  report: TaskReport;
  at: Date;
  customer: { externalId: string; timeZone: string };
  invoiceExternalId: string | null;
}

/**
 * Does what the outcome of a task asks for: a call again, a promise, a dispute, time for a payment to come, another number. Each is keyed by the
 * task, so that it comes about once. The customer is locked. Throws ReportError.
 */
export async function carryOut(trx: Knex.Transaction, actor: Actor, task: Task, report: TaskReport, at: Date): Promise<void> {
  if (report.outcome === 'done' || task.customerId === null) return;
  const { rows } = await trx.raw<{ rows: { external_id: string; time_zone: string; invoice: string | null }[] }>(
    'SELECT c.external_id, c.time_zone, i.external_id AS invoice FROM customers c LEFT JOIN invoices i ON i.id = ? WHERE c.id = ?', [task.invoiceId, task.customerId]);
  const row = rows[0]!;
  const carried: Carried = { trx, actor, task, report, at, customer: { externalId: row.external_id, timeZone: row.time_zone }, invoiceExternalId: row.invoice };
  switch (report.outcome) {
    case 'no-answer': return raise(carried, { what: 'again', inDays: report.inDays ?? againInDays, title: task.title, instructions: task.instructions });
    case 'promised': return promised(carried);
    case 'disputed': return disputed(carried);
    case 'paid': return paid(carried);
    case 'wrong-number': return wrong(carried, 'Find another number of {customer}', 'wrong-number');
    case 'wrong-contact': return wrong(carried, 'Find the right contact at {customer}', 'wrong-contact');
    default: return assertNever(report.outcome);
  }
}

/** Raises the task that follows. What is about an invoice carries its id in front, so that it is withdrawn when the invoice is paid. */
async function raise({ trx, task, at, customer, invoiceExternalId }: Carried, next: { what: string; inDays: number; title: string; instructions: string | null }): Promise<void> {
  const key = `${invoiceExternalId === null ? '' : `${invoiceExternalId}/`}task-${task.id}/${next.what}`;
  const follow: NewTask = {
    key, queue: task.queue, title: next.title, instructions: next.instructions, customerId: task.customerId, invoiceId: task.invoiceId, at: at.getTime(), dueOn: addDays(localDateAt(at.getTime(), customer.timeZone), next.inDays),
    template: task.template ?? undefined, priority: task.priority, outcomes: next.what === 'again' ? task.outcomes : null, assigneeId: await stillHere(trx, task.assignee?.id ?? null), followsId: task.id,
  };
  await raiseTasks(trx, [follow]);
}

/** Who made the call goes on with it, as long as they are here. */
async function stillHere(trx: Knex.Transaction, userId: number | null): Promise<number | null> {
  const { rows } = await trx.raw<{ rows: unknown[] }>(`SELECT 1 FROM users u WHERE u.id = ? AND ${worksSql('u')}`, [userId]);
  return rows.length > 0 ? userId : null;
}

async function promised({ trx, actor, task, report, at, customer, invoiceExternalId }: Carried): Promise<void> {
  const { promisedOn, amountMinor, currency } = report.promise!;
  accepted('promise', await recordPromise(trx, { actor, at }, {
    externalId: `task-${task.id}`, customerExternalId: customer.externalId, invoiceExternalIds: invoiceExternalId === null ? undefined : [invoiceExternalId], currency: task.currency ?? currency!, amountMinor, promisedOn, source: 'call', note: report.note,
  }));
}

async function disputed({ trx, actor, task, report, at, invoiceExternalId }: Carried): Promise<void> {
  const { reason, amountMinor } = report.dispute!;
  accepted('dispute', await openDispute(trx, { actor, at }, { externalId: `task-${task.id}`, invoiceExternalId: invoiceExternalId!, reason, amountMinor, detail: report.note, source: 'call' }));
}

const fieldNames: Readonly<Record<string, string>> = { amount: 'amountMinor', promised_on: 'promisedOn' };
function accepted(path: string, result: RecordResult): void {
  if (result.status !== 'refused') return;
  throw new ReportError((result.errors ?? []).map(({ field, value, reason }) => ({ path: fieldNames[field] ? `${path}.${fieldNames[field]}` : path, message: `${value === null ? '' : `"${value}" `}${reason}` })));
}

/** They say that it is paid: nothing is asked for while the payment may be on its way, and then somebody looks. */
async function paid(carried: Carried): Promise<void> {
  const { trx, actor, task, report, at, customer, invoiceExternalId } = carried;
  const inDays = report.inDays ?? paymentComesInDays;
  await raise(carried, {
    what: 'check-payment', inDays, title: invoiceExternalId === null ? 'Check that the payment of {customer} has come' : 'Check that the payment of {invoice} has come',
    instructions: `On ${localDateAt(at.getTime(), customer.timeZone)} the customer said that it is paid. If it has not come, ask for the proof of payment.`,
  });
  const until = new Date(startOfDay(dayNumber(localDateAt(at.getTime(), customer.timeZone)) + inDays + 1, customer.timeZone));
  const { rows } = await trx.raw<{ rows: { id: number; external_id: string }[] }>(
    `SELECT i.id, i.external_id FROM collections c JOIN invoices i ON i.id = c.invoice_id JOIN customers k ON k.id = c.customer_id AND NOT k.stopped
     WHERE c.customer_id = ? AND (?::bigint IS NULL OR c.invoice_id = ?) AND c.state = 'active' ORDER BY i.id`,
    [task.customerId, task.invoiceId, task.invoiceId]);
  const paused: number[] = [];
  for (const { id, external_id } of rows) {
    if (await keepLongerPause(trx, id, until.toISOString())) continue;
    await recordControl(trx, { requestId: `task-${task.id}/${external_id}`, invoice: external_id, kind: 'pause', step: null, until: until.toISOString(), actor, reason: `said to be paid: ${task.title}`, at: at.getTime() });
    paused.push(id);
  }
  // The control's own event is for a workflow that asked; here its workflow is still to hear of it.
  if (paused.length > 0) await touchLedger(trx, [{ customerId: task.customerId!, invoiceIds: paused, kind: 'control.pause' }]);
}

async function wrong(carried: Carried, title: string, what: 'wrong-number' | 'wrong-contact'): Promise<void> {
  const { trx, actor, task, report, customer } = carried;
  await raise(carried, { what, inDays: 1, title, instructions: `"${task.title}" could not be done: ${what === 'wrong-number' ? 'the number is wrong' : 'the person is not the right one'}.${report.note ? ` ${report.note}` : ''}` });
  if (report.contactId === undefined) return;
  const { rows } = await trx.raw<{ rows: { phone: string | null; name: string | null; email: string }[] }>('SELECT phone, name, email FROM contacts WHERE id = ? AND customer_id = ?', [report.contactId, task.customerId]);
  const contact = rows[0];
  if (!contact) throw new ReportError([{ path: 'contactId', message: 'is not a contact of the customer' }]);
  if (what === 'wrong-contact') return;
  if (contact.phone === null) throw new ReportError([{ path: 'contactId', message: 'has no number that could be wrong' }]);
  await trx.raw('UPDATE contacts SET wrong_phone = phone, row_version = row_version + 1 WHERE id = ?', [report.contactId]);
  await appendAudit(trx, [{ actor, action: 'contact.number-wrong', subjectType: 'customer', subjectId: customer.externalId, after: { contact: report.contactId, name: contact.name, email: contact.email, phone: contact.phone, task: task.id } }]);
}
