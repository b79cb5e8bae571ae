import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { assertNever } from '../../domain/assertNever';
import { taskDueOn, type PlannedAction } from '../../domain/automation/decideFiring';
import type { AutomationCharge } from '../../domain/automation/types';
import { localDateAt } from '../../domain/calendar/zones';
import { discountRuleFor } from '../../domain/policy/terms';
import { formatMoney } from '../../domain/money/money';
import { wordTask } from '../../domain/task/wording';
import { announce } from '../collection/announce';
import { chargeInvoice, ChargeError } from '../charges';
import { recordControl, ControlRefusedError } from '../collection/controls';
import { setCustomerPause } from '../customers/pause';
import { offerDiscounts } from '../discounts';
import { automationMessageKey } from '../events/depth';
import { touchLedger } from '../ledger';
import { colleagueAddresses, noticeLanguages } from '../mail/colleagues';
import { queueMessages } from '../mail/queueMessage';
import { keepLongerPause } from '../replies/moveThreadPause';
import { escalated } from '../work/escalated';
import { raiseNotices } from '../work/raiseNotices';
import { raiseTasks, taskWanted } from '../work/raiseTasks';
import { readSubjects, subjectOf } from '../work/subjects';
import { startPolicy } from './startPolicy';
import { actorOf, type Acting, type ActingOnInvoice, type DoneAction } from './acting';

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

/** The business fact that an action of a firing is: what comes of it is keyed by this, and so is the request for somebody's approval of it. */
export function actionKey(automation: string, firingId: number, position: number, kind: PlannedAction['action']['kind']): string {
  return `${automationMessageKey(automation, firingId)}/${position + 1}-${kind}`;
}

async function actOnce(trx: Knex.Transaction, acting: Acting, action: PlannedAction['action'], index: number): Promise<DoneAction> {
  const { automation, firingId, customerId, customer, candidate, reason, now } = acting;
  const key = actionKey(automation, firingId, index, action.kind);
  const invoiceId = candidate?.invoiceId ?? null;
  const did = (detail: string): DoneAction => ({ kind: action.kind, outcome: 'done', detail });
  switch (action.kind) {
    case 'task':
      await raiseTasks(trx, [{
        key, ...taskWanted(action), customerId, invoiceId, dueOn: taskDueOn(action.dueInDays, now, customer.timeZone), at: now,
      }]);
      return did(`${action.queue}: ${action.title}`);
    case 'notify':
      await raiseNotices(trx, [{ key, audience: action.audience, title: action.title, customerId, invoiceId, at: now }]);
      return did(`${action.audience}: ${action.title}`);
    case 'escalate': {
      const { task, notice } = escalated(action, { key, customerId, invoiceId, by: automation, because: reason, on: localDateAt(now, customer.timeZone), at: now });
      await raiseTasks(trx, [task]);
      await raiseNotices(trx, [notice]);
      return did(`${action.queue}, and ${action.audience} told: ${action.title}`);
    }
    case 'assign-policy':
      return startPolicy(trx, acting, action);
    case 'webhook':
      await announce(trx, [{ event: 'automation.fired', key, at: new Date(now).toISOString(), data: {
        automation, customer: customer.externalId, invoice: candidate?.invoice.externalId ?? null, reason, openMinor: candidate?.invoice.openMinor ?? null, currency: candidate?.invoice.currency ?? null,
      } }]);
      return did('automation.fired');
    case 'pause':
      return candidate ? pause(trx, { ...acting, candidate }, action.days, key) : pauseCustomer(trx, acting, action.days);
    default:
      if (!candidate) throw new Error(`${action.kind} was decided on without an invoice`);
      return actOnInvoice(trx, { ...acting, candidate }, action, key);
  }
}

type OnInvoice = Extract<PlannedAction['action'], { kind: 'email' | 'leadership' | 'hold' | 'charge' | 'handoff' | 'discount' }>;

async function actOnInvoice(trx: Knex.Transaction, acting: ActingOnInvoice, action: OnInvoice, key: string): Promise<DoneAction> {
  const { automation, versionId, customerId, candidate, reason, now } = acting;
  const about = { customer_id: customerId, invoice_id: candidate.invoiceId };
  const at = new Date(now);
  switch (action.kind) {
    case 'email':
      await email(trx, acting, action);
      return { kind: 'email', outcome: 'done', detail: `${action.template} queued` };
    case 'leadership':
      return tellLeadership(trx, acting, action, key);
    case 'hold':
      await trx('holds').insert({ ...about, key, step: key, automation_version_id: versionId, kind: action.hold, reason: `${automation}: ${reason}`, placed_at: at, placed_by: `automation:${automation}` }).onConflict('key').ignore();
      await touchLedger(trx, [{ customerId, invoiceIds: [candidate.invoiceId], kind: 'hold.placed' }]);
      await announce(trx, [{ event: 'hold.placed', key, hold: key, at: at.toISOString(), data: { customer: candidate.customer.externalId, invoice: candidate.invoice.externalId, hold: action.hold, reason } }]);
      return { kind: 'hold', outcome: 'done', detail: action.hold };
    case 'charge':
      return charge(trx, acting, action.charge);
    case 'handoff':
      return handOff(trx, acting, action.agency, key);
    case 'discount':
      return discount(trx, acting, action, key);
    default:
      return assertNever(action);
  }
}

async function email(trx: Knex.Transaction, { automation, version, firingId, customerId, candidate, now }: ActingOnInvoice, action: Extract<PlannedAction['action'], { kind: 'email' }>): Promise<void> {
  const { customer, invoiceId } = candidate;
  await queueMessages(trx, [{
    id: randomUUID(), source: 'automation', idempotencyKey: automationMessageKey(automation, firingId), customerId, template: action.template, language: customer.language, to: action.to,
    attachInvoice: action.attachInvoice, contactOn: localDateAt(now, customer.timeZone), ledgerVersion: customer.ledgerVersion, queuedAt: now, invoices: [{ invoiceId, step: `${automation}@${version}` }],
  }]);
  // The invoice's workflow takes on every message that waits for it.
  await touchLedger(trx, [{ customerId, invoiceIds: [invoiceId], kind: 'message.queued' }]);
}

/** An email to one's own people: in the send ledger like every other, but no contact of the customer. */
async function tellLeadership(trx: Knex.Transaction, { automation, version, customerId, candidate, now }: ActingOnInvoice, { template, to, title, text }: Extract<PlannedAction['action'], { kind: 'leadership' }>, key: string): Promise<DoneAction> {
  const { customer, invoiceId } = candidate;
  const [addresses = []] = await colleagueAddresses(trx, [{ customerId, to }]);
  if (addresses.length === 0) return { kind: 'leadership', outcome: 'withheld', detail: "none of one's own people has an address to write to" };
  const [language] = await noticeLanguages(trx, [addresses]);
  const about = { customerId, invoiceId, at: now };
  const subject = subjectOf(about, await readSubjects(trx, [about]));
  const notice = { title: wordTask(title, subject), text: text === null ? null : wordTask(text, subject), url: null };
  await queueMessages(trx, [{
    id: randomUUID(), source: 'internal', idempotencyKey: key, customerId, template, language: language!, to: [], addresses, attachInvoice: false, contactOn: null,
    ledgerVersion: customer.ledgerVersion, queuedAt: now, content: { notice }, invoices: [{ invoiceId, step: `${automation}@${version}` }],
  }]);
  await touchLedger(trx, [{ customerId, invoiceIds: [invoiceId], kind: 'message.queued' }]);
  return { kind: 'leadership', outcome: 'done', detail: `${addresses.join(', ')}: ${notice.title}` };
}

async function pause(trx: Knex.Transaction, acting: ActingOnInvoice, days: number | null, requestId: string): Promise<DoneAction> {
  const { customerId, candidate, reason, now } = acting;
  const until = days === null ? null : new Date(now + days * 86_400_000).toISOString();
  if (until !== null && await keepLongerPause(trx, candidate.invoiceId, until)) return { kind: 'pause', outcome: 'withheld', detail: 'it is paused for longer already' };
  try {
    await recordControl(trx, { requestId, invoice: candidate.invoice.externalId, kind: 'pause', step: null, until, actor: actorOf(acting), reason, at: now });
  } catch (error) {
    if (!(error instanceof ControlRefusedError)) throw error;
    return { kind: 'pause', outcome: 'withheld', detail: error.message };
  }
  // Its event is born relayed, since a person's request runs in the workflow; here the workflow has to hear of it.
  await touchLedger(trx, [{ customerId, invoiceIds: [candidate.invoiceId], kind: 'control.pause' }]);
  return { kind: 'pause', outcome: 'done', detail: until === null ? 'until resumed' : `until ${until}` };
}

/** Where nothing is open, all that the customer comes to owe waits. Never shorter than a pause that stands. */
async function pauseCustomer(trx: Knex.Transaction, acting: Acting, days: number | null): Promise<DoneAction> {
  const { customer, customerId, reason, now } = acting;
  const until = days === null ? null : now + days * 86_400_000;
  if (customer.pause && (customer.pause.until === null || (until !== null && customer.pause.until >= until))) return { kind: 'pause', outcome: 'withheld', detail: 'the customer is paused for longer already' };
  await setCustomerPause(trx, actorOf(acting), customerId, { paused: true, pausedUntil: until === null ? null : new Date(until) }, reason);
  return { kind: 'pause', outcome: 'done', detail: `the customer, ${until === null ? 'until resumed' : `until ${new Date(until).toISOString()}`}` };
}

async function charge(trx: Knex.Transaction, acting: ActingOnInvoice, rule: AutomationCharge): Promise<DoneAction> {
  const { candidate: { invoice, invoiceId }, now } = acting;
  const withheld = (detail: string): DoneAction => ({ kind: 'charge', outcome: 'withheld', detail });
  const amountMinor = rule.kind === 'fixed' ? rule.minorByCurrency[invoice.currency] : undefined;
  if (rule.kind === 'fixed' && amountMinor === undefined) return withheld(`no amount is set for ${invoice.currency}`);
  try {
    const charges = await chargeInvoice(trx, actorOf(acting), invoiceId, rule.kind === 'fixed' ? { kind: 'fixed', amountMinor: amountMinor ?? 0 } : rule, new Date(now));
    return { kind: 'charge', outcome: 'done', detail: (charges ?? []).map((made) => `${made.kind} ${formatMoney(made.amountMinor, made.currency)} ${made.currency}`).join(', ') };
  } catch (error) {
    if (!(error instanceof ChargeError)) throw error;
    return withheld(error.message);
  }
}

/** Its collection here pauses, so that nobody is asked from two sides. */
async function handOff(trx: Knex.Transaction, acting: ActingOnInvoice, agency: string | null, key: string): Promise<DoneAction> {
  const { customerId, candidate: { customer, invoice, invoiceId }, reason, now } = acting;
  await trx('handoffs').insert({ key, customer_id: customerId, invoice_id: invoiceId, agency, open_minor: invoice.openMinor, currency: invoice.currency, at: new Date(now) });
  await announce(trx, [{ event: 'handoff.recorded', key: `handoff.recorded/${key}`, at: new Date(now).toISOString(), data: {
    customer: customer.externalId, invoice: invoice.externalId, step: null, hold: null, agency, reason, openMinor: invoice.openMinor, currency: invoice.currency, customerBalanceMinor: invoice.customerBalanceMinor,
  } }]);
  const paused = await pause(trx, acting, null, key);
  return { kind: 'handoff', outcome: 'done', detail: `${agency ?? 'handed over'}, ${paused.outcome === 'done' ? 'paused here until resumed' : `not paused here: ${paused.detail}`}` };
}

async function discount(trx: Knex.Transaction, { automation, candidate: { invoice, invoiceId }, now }: ActingOnInvoice, { terms, forDays }: Extract<PlannedAction['action'], { kind: 'discount' }>, key: string): Promise<DoneAction> {
  const rule = discountRuleFor(terms, invoice.currency);
  if (!rule) return { kind: 'discount', outcome: 'withheld', detail: `no amount is set for ${invoice.currency}` };
  const made = await offerDiscounts(trx, [{ key, invoiceId, source: 'automation', sourceName: automation, rule, forDays }], new Date(now));
  return made.length > 0 ? { kind: 'discount', outcome: 'done', detail: `offered for ${forDays} days` } : { kind: 'discount', outcome: 'withheld', detail: 'nothing that could be taken off is open' };
}
