import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { assertNever } from '../../domain/assertNever';
import { taskDueOn, type PlannedAction } from '../../domain/automation/decideFiring';
import type { InstantMs } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import type { Actor } from '../audit';
import { announce } from '../collection/announce';
import { recordControl, ControlRefusedError } from '../collection/controls';
import { automationMessageKey } from '../events/depth';
import { touchLedger } from '../ledger';
import { queueMessages } from '../mail/queueMessage';
import type { LedgerCandidate } from './candidates';

export interface Acting {
  firingId: number;
  automation: string;
  version: number;
  customerId: number;
  candidate: LedgerCandidate;
  reason: string;
  now: InstantMs;
}

/** What was done, as the firing keeps it. */
export interface DoneAction {
  kind: PlannedAction['action']['kind'];
  outcome: 'done' | 'withheld';
  detail: string;
}

/**
 * Does what a firing decided. Every action is a row of our own database, written in the transaction that ends the firing: so it happens once, or not at all. Mail
 * and webhooks leave from those rows.
 */
export async function act(trx: Knex.Transaction, acting: Acting, actions: readonly PlannedAction[]): Promise<DoneAction[]> {
  const done: DoneAction[] = [];
  for (const [index, { action, withheld }] of actions.entries()) {
    done.push(withheld === null ? await actOnce(trx, acting, action, index) : { kind: action.kind, outcome: 'withheld', detail: withheld });
  }
  return done;
}

async function actOnce(trx: Knex.Transaction, acting: Acting, action: PlannedAction['action'], index: number): Promise<DoneAction> {
  const { automation, firingId, customerId, candidate, reason, now } = acting;
  const key = `${automationMessageKey(automation, firingId)}/${index + 1}-${action.kind}`;
  const about = { customer_id: customerId, invoice_id: candidate.invoiceId };
  const at = new Date(now);
  const did = (detail: string): DoneAction => ({ kind: action.kind, outcome: 'done', detail });
  switch (action.kind) {
    case 'email':
      await email(trx, acting, action);
      return did(`${action.template} queued`);
    case 'task':
      await trx('tasks').insert({
        ...about, key, queue: action.queue, title: action.title, instructions: action.instructions, due_on: taskDueOn(action.dueInDays, now, candidate.customer.timeZone), created_at: at,
      }).onConflict('key').ignore();
      return did(`${action.queue}: ${action.title}`);
    case 'notify':
      await trx('notifications').insert({ ...about, key, audience: action.audience, title: action.title, at }).onConflict('key').ignore();
      return did(`${action.audience}: ${action.title}`);
    case 'hold':
      await trx('holds').insert({ ...about, key, kind: action.hold, reason: `${automation}: ${reason}`, placed_at: at, placed_by: `automation:${automation}` }).onConflict('key').ignore();
      await touchLedger(trx, [{ customerId, invoiceIds: [candidate.invoiceId], kind: 'hold.placed' }]);
      await announce(trx, [{ event: 'hold.placed', key, at: at.toISOString(), data: { customer: candidate.customer.externalId, invoice: candidate.invoice.externalId, hold: action.hold, reason } }]);
      return did(action.hold);
    case 'pause':
      return pause(trx, acting, action.days);
    case 'webhook':
      await announce(trx, [{ event: 'automation.fired', key, at: at.toISOString(), data: {
        automation, customer: candidate.customer.externalId, invoice: candidate.invoice.externalId, reason, openMinor: candidate.invoice.openMinor, currency: candidate.invoice.currency,
      } }]);
      return did('automation.fired');
    default:
      return assertNever(action);
  }
}

async function email(trx: Knex.Transaction, { automation, version, firingId, customerId, candidate, now }: Acting, action: Extract<PlannedAction['action'], { kind: 'email' }>): Promise<void> {
  const { customer, invoiceId } = candidate;
  await queueMessages(trx, [{
    id: randomUUID(), source: 'automation', idempotencyKey: automationMessageKey(automation, firingId), customerId, template: action.template, language: customer.language, to: action.to,
    attachInvoice: action.attachInvoice, contactOn: localDateAt(now, customer.timeZone), ledgerVersion: customer.ledgerVersion, queuedAt: now, invoices: [{ invoiceId, step: `${automation}@${version}` }],
  }]);
  // The invoice's workflow takes on every message that waits for it.
  await touchLedger(trx, [{ customerId, invoiceIds: [invoiceId], kind: 'message.queued' }]);
}

/** Automations act as themselves in the audit trail. */
function actorOf({ automation, version }: Acting): Actor {
  return { kind: 'system', id: `automation:${automation}@${version}`, name: `Automation ${automation}` };
}

async function pause(trx: Knex.Transaction, acting: Acting, days: number | null): Promise<DoneAction> {
  const { automation, firingId, customerId, candidate, reason, now } = acting;
  const until = days === null ? null : new Date(now + days * 86_400_000).toISOString();
  try {
    await recordControl(trx, { requestId: automationMessageKey(automation, firingId), invoice: candidate.invoice.externalId, kind: 'pause', step: null, until, actor: actorOf(acting), reason, at: now });
  } catch (error) {
    if (!(error instanceof ControlRefusedError)) throw error;
    return { kind: 'pause', outcome: 'withheld', detail: error.message };
  }
  // Its event is born relayed, since a person's request runs in the workflow; here the workflow has to hear of it.
  await touchLedger(trx, [{ customerId, invoiceIds: [candidate.invoiceId], kind: 'control.pause' }]);
  return { kind: 'pause', outcome: 'done', detail: until === null ? 'until resumed' : `until ${until}` };
}
