import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { decideMember, type MemberDecision, type Response } from '../../domain/campaign/decideMember';
import type { CampaignStep } from '../../domain/campaign/types';
import { contactNow, readCandidates, type LedgerCandidate } from '../automations/candidates';
import { offerDiscounts, type NewOffer } from '../discounts';
import { lockCustomersOf } from '../ledger';
import { queueMessages, type QueuedMessage } from '../mail/queueMessage';
import { raiseNotices, type NewNotice } from '../work/raiseNotices';
import { raiseTasks, type NewTask } from '../work/raiseTasks';
import { responsesSql } from './responses';
import type { RunRow } from './runs';
import { stepEffects } from './stepEffects';

interface Member {
  customer_id: number;
  external_id: string;
  experiment_group: string;
  step: number;
  next_at: Date;
  responses: Response[];
}

interface Decided {
  member: Member;
  step: CampaignStep;
  decision: MemberDecision<LedgerCandidate>;
}

/** Decides and writes the next step of one page of members whose time has come. Answers how many there were. */
export async function actOnMembers(trx: Knex.Transaction, run: RunRow, now: InstantMs, limit: number): Promise<number> {
  const ids = await dueMembers(trx, run, now, limit);
  if (ids.length === 0) return 0;
  // Nobody else decides for these customers until this is written: what spacing allows cannot be used up twice.
  await lockCustomersOf(trx, ids);
  const members = await readMembers(trx, run, ids);
  const candidates = await readCandidates(trx, members.map(({ customer_id }) => ({ customerId: customer_id, invoiceId: null })));
  const decided = members.map((member, index): Decided => {
    const step = run.campaign.steps[member.step]!;
    const decision = decideMember({ step, invoices: candidates[index] ?? [], responses: member.responses, dueAt: member.next_at.getTime(), now, contact: (invoice) => contactNow(invoice, now) });
    return { member, step, decision };
  });
  await write(trx, run, decided, now);
  return members.length;
}

async function dueMembers(trx: Knex.Transaction, run: RunRow, now: InstantMs, limit: number): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { customer_id: number }[] }>(
    `SELECT customer_id FROM campaign_members WHERE run_id = ? AND state = 'active' AND next_at <= ? ORDER BY next_at, customer_id LIMIT ?`, [run.id, new Date(now), limit]);
  return rows.map(({ customer_id }) => customer_id);
}

async function readMembers(trx: Knex.Transaction, run: RunRow, ids: readonly number[]): Promise<Member[]> {
  const { rows } = await trx.raw<{ rows: Member[] }>(
    `SELECT m.customer_id, c.external_id, m.experiment_group, m.step, m.next_at, ${responsesSql('m')} AS responses
     FROM campaign_members m JOIN customers c ON c.id = m.customer_id WHERE m.run_id = ? AND m.customer_id = ANY(?) AND m.state = 'active' ORDER BY m.customer_id`, [run.id, [...ids]]);
  return rows;
}

async function write(trx: Knex.Transaction, run: RunRow, decided: readonly Decided[], now: InstantMs): Promise<void> {
  const at = new Date(now);
  const messages: QueuedMessage[] = [];
  const acts: object[] = [];
  const tasks: NewTask[] = [];
  const notices: NewNotice[] = [];
  const offers: NewOffer[] = [];
  const moves: object[] = [];
  for (const { member, step, decision } of decided) {
    const about = { run_id: run.id, customer_id: member.customer_id };
    switch (decision.kind) {
      case 'stop':
        moves.push({ ...about, state: 'stopped', reason: decision.reason, step: member.step, next_at: null, ended_at: at });
        break;
      case 'later':
        moves.push({ ...about, state: 'active', reason: decision.reason, step: member.step, next_at: new Date(decision.until) });
        break;
      case 'act': {
        const effects = stepEffects({ run, step, customerId: member.customer_id, externalId: member.external_id, group: member.experiment_group, invoices: decision.invoices, writes: decision.writes, now });
        if (effects.message) messages.push(effects.message);
        if (effects.task) tasks.push(effects.task);
        if (effects.notice) notices.push(effects.notice);
        offers.push(...effects.offers);
        acts.push({ ...about, step: step.id, at, message_id: effects.message?.id ?? null });
        moves.push({ ...about, ...after(run, member, now) });
        break;
      }
    }
  }
  // Before the email that tells of them.
  await offerDiscounts(trx, offers, at);
  await queueMessages(trx, messages);
  await raiseTasks(trx, tasks);
  await raiseNotices(trx, notices);
  await trx.raw(
    `INSERT INTO campaign_acts (run_id, customer_id, step, at, message_id, offer_at) SELECT run_id, customer_id, step, at, message_id, CASE WHEN message_id IS NOT NULL THEN now() END FROM jsonb_populate_recordset(NULL::campaign_acts, ?)`, [JSON.stringify(acts)]);
  await trx.raw(
    `UPDATE campaign_members m SET state = r.state, reason = r.reason, step = r.step, next_at = r.next_at, ended_at = r.ended_at FROM jsonb_populate_recordset(NULL::campaign_members, ?) r
     WHERE m.run_id = r.run_id AND m.customer_id = r.customer_id`, [JSON.stringify(moves)]);
}

function after({ campaign }: RunRow, { step }: Member, now: InstantMs): object {
  const next = campaign.steps[step + 1];
  return next
    ? { state: 'active', reason: null, step: step + 1, next_at: new Date(now + next.afterDays * 86_400_000) }
    : { state: 'done', reason: null, step: step + 1, next_at: null, ended_at: new Date(now) };
}
