import type { Knex } from 'knex';
import { assertNever } from '../../domain/assertNever';
import { addDays } from '../../domain/calendar/dates';
import { policyVersionName } from '../../domain/collection/decideTurn';
import { chargeRuleFor, discountRuleFor } from '../../domain/policy/terms';
import { chargeByPolicy, type PolicyCharge } from '../charges/chargeByPolicy';
import { offerDiscounts, type NewOffer } from '../discounts';
import type { Decided } from './decisions';
import { releasedByLedger } from './facts';
import { effectKey } from './keys';
import { announce, type Announcement } from './announce';
import { escalated } from '../work/escalated';
import { raiseNotices, type NewNotice } from '../work/raiseNotices';
import { raiseTasks, taskWanted, type NewTask } from '../work/raiseTasks';

/**
 * Does what executed decisions say, other than to send mail: tasks, notifications, escalations, holds and their release, hand-offs. Every effect is keyed by
 * the business fact that it is, so that it cannot come about twice.
 */
export async function applyEffects(trx: Knex.Transaction, executed: readonly Decided[]): Promise<void> {
  const tasks: NewTask[] = [];
  const notices: NewNotice[] = [];
  const holds: object[] = [];
  const handoffs: object[] = [];
  const releases: Decided[] = [];
  const announcements: Announcement[] = [];
  const charges: PolicyCharge[] = [];
  const offers: (NewOffer & { at: Date })[] = [];

  for (const made of executed) {
    const { decision, collected: { invoiceId, customerId } } = made;
    const { effect, invoice } = decision;
    // What carries an email is queued with its message: most decisions are of that kind, and nothing is made for them.
    if (effect?.kind === 'email' && decision.action === 'email') continue;
    const about = { key: effectKey(decision), customer_id: customerId, invoice_id: invoiceId };
    const at = new Date(decision.at);
    if (decision.action === 'release') {
      releases.push(made);
      continue;
    }
    switch (effect?.kind) {
      case 'task':
        tasks.push({
          key: taskKey(made), customerId, invoiceId, ...taskWanted(effect), dueOn: addDays(decision.on, effect.dueInDays), at: decision.at,
        });
        break;
      case 'notify':
        notices.push({ key: about.key, customerId, invoiceId, audience: effect.audience, title: effect.title, at: decision.at });
        break;
      case 'escalate': {
        const { task, notice } = escalated(effect, { key: about.key, customerId, invoiceId, by: `${policyVersionName(decision.policy)}/${decision.step}`, because: decision.reason, on: decision.on, at: decision.at });
        tasks.push(task);
        notices.push(notice);
        break;
      }
      case 'hold':
        holds.push({ ...about, step: decision.step, kind: effect.hold, reason: `${invoice.externalId}: ${decision.reason}`, placed_at: at, placed_by: releasedByLedger });
        announcements.push(announcement('hold.placed', made, about.key));
        break;
      case 'handoff':
        handoffs.push({ ...about, agency: effect.agency, open_minor: invoice.openMinor, currency: invoice.currency, at });
        announcements.push(announcement('handoff.recorded', made));
        break;
      case 'charge': {
        const rule = chargeRuleFor(effect.terms, invoice.currency);
        if (rule) charges.push({ key: about.key, invoiceId, customerId, rule, version: policyVersionName(decision.policy), at, on: decision.on });
        break;
      }
      case 'discount': {
        const rule = discountRuleFor(effect.terms, invoice.currency);
        if (rule) offers.push({ key: about.key, invoiceId, source: 'policy', sourceName: `${policyVersionName(decision.policy)}/${decision.step}`, rule, forDays: effect.forDays, at });
        break;
      }
      case 'email':
      case 'leadership':
      // Whoever takes the turn brings the invoice under the other policy once all of the turn is recorded.
      case 'start-policy':
      case undefined:
        break;
      default:
        assertNever(effect);
    }
  }

  // All decisions of a call are of one instant.
  if (offers[0]) await offerDiscounts(trx, offers, offers[0].at);
  tasks.push(...await chargeByPolicy(trx, charges));
  await raiseTasks(trx, tasks);
  await raiseNotices(trx, notices);
  await insertOnce(trx, 'holds', 'key, customer_id, invoice_id, step, kind, reason, placed_at, placed_by', holds);
  await insertOnce(trx, 'handoffs', 'key, customer_id, invoice_id, agency, open_minor, currency, at', handoffs);
  announcements.push(...await releaseHolds(trx, releases));
  await announce(trx, announcements);
}

/** Who has no escalation contact is asked about once a month, whatever the number of invoices. */
function taskKey({ decision, collected: { customerId } }: Decided): string {
  return decision.action === 'find-contact' ? `escalation-contact/${customerId}/${decision.on.slice(0, 7)}` : effectKey(decision);
}

async function insertOnce(trx: Knex.Transaction, table: string, columns: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await trx.raw(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, ?) ON CONFLICT (key) DO NOTHING`, [JSON.stringify(rows)]);
}

async function releaseHolds(trx: Knex.Transaction, releases: readonly Decided[]): Promise<Announcement[]> {
  if (releases.length === 0) return [];
  const rows = releases.map(({ decision, collected }) => ({ invoice_id: collected.invoiceId, step: decision.step, released_at: new Date(decision.at), release_reason: decision.reason }));
  const { rows: released } = await trx.raw<{ rows: { key: string; invoice_id: number; step: string; kind: string }[] }>(
    `UPDATE holds h SET released_at = r.released_at, released_by = ?, release_reason = r.release_reason
     FROM jsonb_populate_recordset(NULL::holds, ?) r
     WHERE h.invoice_id = r.invoice_id AND h.step = r.step AND h.released_at IS NULL RETURNING h.key, h.invoice_id, h.step, h.kind`,
    [releasedByLedger, JSON.stringify(rows)],
  );
  const byStep = new Map(releases.map((made) => [`${made.collected.invoiceId}/${made.decision.step}`, made]));
  // Each hold that is lifted, by what it is: the step under which it stands since a move may place another kind, or none, and two may have come to one step.
  return released.map(({ key, invoice_id, step, kind }) => {
    const { data, ...told } = announcement('hold.released', byStep.get(`${invoice_id}/${step}`)!);
    return { ...told, key: `hold.released/${key}`, hold: key, data: { ...data, hold: kind } };
  });
}

function announcement(event: Announcement['event'], { decision, collected }: Decided, hold?: string): Announcement {
  const { effect, invoice, customer } = decision;
  return {
    event,
    key: `${event}/${effectKey(decision)}`,
    hold,
    at: new Date(decision.at).toISOString(),
    data: {
      customer: customer.externalId,
      invoice: invoice.externalId,
      step: decision.step,
      hold: effect?.kind === 'hold' ? effect.hold : null,
      agency: effect?.kind === 'handoff' ? effect.agency : null,
      reason: decision.reason,
      openMinor: invoice.openMinor,
      currency: invoice.currency,
      customerBalanceMinor: collected.invoice.customerBalanceMinor,
    },
  };
}
