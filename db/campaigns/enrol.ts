import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import type { Campaign } from '../../domain/campaign/types';
import { compileCondition } from '../../domain/condition/evaluate';
import type { EventData } from '../../domain/events/kinds';
import { assignGroup, holdout } from '../../domain/experiment/assign';
import { readCandidates, type LedgerCandidate } from '../automations/candidates';
import { awaitingCollectionSql } from '../collection/outbox';
import { freeForPolicies, startVariants } from './policyVariants';
import type { RunRow } from './runs';

/** What is asked of a run to find who may join it. */
export type EntrantsOf = Pick<RunRow, 'id' | 'campaign' | 'startedAt' | 'enrolAfter' | 'eventsAfter' | 'eventsUpto'>;

export interface Entrant {
  id: number;
  external_id: string;
  /** What the events tell that bring the customer here; none where no event does. */
  events?: readonly EventData[];
}

/**
 * Takes one page of customers into a run: those of the segment, or all, who owe something and on one of whose open invoices the condition holds. Their group is drawn and stored here,
 * before anything is sent. Answers whether there may be more.
 */
export async function enrolPage(trx: Knex.Transaction, run: RunRow, now: InstantMs, limit: number): Promise<boolean> {
  const upto = run.campaign.schedule.kind === 'event' ? (run.eventsUpto ?? await eventsToLookAt(trx, run)) : null;
  const page = await nextEntrants(trx, { ...run, eventsUpto: upto }, now, limit);
  // Asked after the page is read: whoever is awaited in it still is, or can be seen by now.
  const awaited = upto === null ? await firstAwaited(trx, run) : null;
  const entrants = awaited === null ? page : page.filter(({ id }) => id < awaited);
  await join(trx, run, (await thoseMeant(trx, run.campaign, entrants, now)).map(({ entrant }) => entrant), now);
  const isLast = page.length < limit && awaited === null;
  await trx('campaign_runs').where({ id: run.id }).update({
    enrol_after: isLast ? null : (entrants.at(-1)?.id ?? run.enrolAfter),
    ...(upto === null
      ? { enrol_again_at: isLast && run.campaign.audience.mode === 'live' ? new Date(now + 86_400_000) : null }
      : isLast ? { events_after: upto, events_upto: null } : { events_upto: upto }),
  });
  return entrants.length === limit;
}

/** The next customer of an audience whose invoice is not under collection yet, as right after an import: nobody from there on joins before. */
async function firstAwaited(trx: Knex.Transaction, run: RunRow): Promise<number | null> {
  const { segment } = run.campaign.audience;
  const { rows: [row] } = await trx.raw<{ rows: { id: number | null }[] }>(
    `SELECT min(c.id) AS id FROM customers c WHERE c.id > :after AND c.id IN (${awaitingCollectionSql}) AND NOT EXISTS (SELECT FROM campaign_members m WHERE m.run_id = :run AND m.customer_id = c.id)
       ${segment === null ? '' : inSegment}`, { after: run.enrolAfter ?? 0, run: run.id, segment: segment ?? '' });
  return row?.id ?? null;
}

/** Those who may be meant: the next page of the run's audience, or of those to whom its event has happened. */
export function nextEntrants(trx: Knex, run: EntrantsOf, now: InstantMs, limit: number): Promise<Entrant[]> {
  return run.campaign.schedule.kind === 'event' ? fromEvents(trx, run, now, limit) : fromAudience(trx, run, now, limit);
}

/** Up to which event a sweep goes: to the newest, but not to one of a customer whose invoice is not under collection yet, since what is meant by it cannot be seen before. */
async function eventsToLookAt(trx: Knex, run: EntrantsOf): Promise<number> {
  const { rows: [row] } = await trx.raw<{ rows: { id: number }[] }>(
    `SELECT coalesce(
       (SELECT min(e.id) - 1 FROM events e WHERE ${eventsOfRun} AND e.customer_id IN (${awaitingCollectionSql}) AND NOT EXISTS (SELECT FROM campaign_members m WHERE m.run_id = :run AND m.customer_id = e.customer_id)),
       (SELECT max(id) FROM events), 0) AS id`, eventBindings(run));
  return row?.id ?? 0;
}

export async function newestEvent(trx: Knex): Promise<number> {
  const { rows: [row] } = await trx.raw<{ rows: { id: number }[] }>('SELECT coalesce(max(id), 0) AS id FROM events');
  return row?.id ?? 0;
}

const inSegment = 'AND EXISTS (SELECT FROM segment_members s JOIN segments g ON g.id = s.segment_id WHERE g.key = :segment AND s.customer_id = c.id)';

async function fromAudience(trx: Knex, run: EntrantsOf, now: InstantMs, limit: number): Promise<Entrant[]> {
  const { segment } = run.campaign.audience;
  const { rows } = await trx.raw<{ rows: Entrant[] }>(
    `SELECT c.id, c.external_id FROM customers c
     WHERE c.id > :after AND NOT EXISTS (SELECT FROM campaign_members m WHERE m.run_id = :run AND m.customer_id = c.id)
       ${segment === null ? '' : inSegment}
       AND EXISTS (SELECT FROM invoices i WHERE i.customer_id = c.id AND i.open_minor > 0) ${run.campaign.experiment?.policies ? freeForPolicies : ''}
     ORDER BY c.id LIMIT :limit`, { after: run.enrolAfter ?? 0, run: run.id, now: new Date(now), segment: segment ?? '', limit });
  return rows;
}

/** Events are looked at again for a while after they were recorded: a transaction that began earlier may be committed later. Who is in the run already stays as it is. */
const lookBackMinutes = 10;
const lookBackEvents = 50_000;

/** SQL of whether an event `e` may start the run for its customer. */
const eventsOfRun = `e.kind = :kind AND e.id > :after AND e.at >= :started AND (e.id > :seen OR e.recorded_at > now() - interval '${lookBackMinutes} minutes')`;

function eventBindings({ id, campaign: { schedule }, eventsAfter, startedAt }: EntrantsOf): Record<string, Knex.RawBinding> {
  return { run: id, kind: schedule.kind === 'event' ? schedule.event : null, after: Math.max(0, eventsAfter - lookBackEvents), seen: eventsAfter, started: startedAt };
}

async function fromEvents(trx: Knex, run: EntrantsOf, now: InstantMs, limit: number): Promise<Entrant[]> {
  const { schedule, audience } = run.campaign;
  if (schedule.kind !== 'event') return [];
  const { rows } = await trx.raw<{ rows: Entrant[] }>(
    `SELECT c.id, c.external_id, jsonb_agg(DISTINCT e.data) AS events FROM events e JOIN customers c ON c.id = e.customer_id
     WHERE ${eventsOfRun} AND e.id <= :upto AND c.id > :afterCustomer
       AND NOT EXISTS (SELECT FROM campaign_members m WHERE m.run_id = :run AND m.customer_id = c.id)
       ${audience.segment === null ? '' : inSegment} ${run.campaign.experiment?.policies ? freeForPolicies : ''}
     GROUP BY c.id ORDER BY c.id LIMIT :limit`,
    { ...eventBindings(run), now: new Date(now), upto: run.eventsUpto, afterCustomer: run.enrolAfter ?? 0, segment: audience.segment ?? '', limit });
  return rows;
}

export interface Meant {
  entrant: Entrant;
  /** The customer's open invoices that are under collection; null where no condition had to be held against them. */
  invoices: readonly LedgerCandidate[] | null;
}

/** Those of them on one of whose open invoices the condition holds. */
export async function thoseMeant(trx: Knex, { audience, schedule }: Campaign, entrants: readonly Entrant[], now: InstantMs): Promise<Meant[]> {
  if (audience.when === null) return entrants.map((entrant) => ({ entrant, invoices: null }));
  const candidates = await readCandidates(trx, entrants.map(({ id }) => ({ customerId: id, invoiceId: null })), audience.when);
  const holds = compileCondition(audience.when);
  return entrants.map((entrant, index) => ({ entrant, invoices: candidates[index] ?? [] })).filter(({ entrant: { events }, invoices }) => invoices.some((candidate) => {
    const facts = { ...candidate, today: localDateAt(now, candidate.customer.timeZone) };
    return schedule.kind === 'event' ? (events ?? []).some((data) => holds({ ...facts, event: { kind: schedule.event, data } })) : holds(facts);
  }));
}

/** SQL of what is open of the customers of a table, by currency. */
export function openOfSql(customers: string): string {
  return `SELECT i.customer_id, i.currency, sum(i.open_minor)::bigint AS open_minor FROM ${customers} j JOIN invoices i ON i.customer_id = j.customer_id AND i.open_minor > 0 GROUP BY i.customer_id, i.currency`;
}

/** The group of an experiment that a customer is drawn for. */
export function drawGroup({ key, run, campaign: { experiment } }: Pick<RunRow, 'key' | 'run' | 'campaign'>, externalId: string): string {
  return experiment ? assignGroup(`${key}/${run}`, externalId, experiment.groups) : 'all';
}

async function join(trx: Knex.Transaction, run: RunRow, entrants: readonly Entrant[], now: InstantMs): Promise<void> {
  if (entrants.length === 0) return;
  const { experiment, steps } = run.campaign;
  const [first] = steps;
  // Where policies are compared there may be no step: whoever has joined is through.
  const joining = first ? { state: 'active', next_at: new Date(now + first.afterDays * 86_400_000) } : { state: 'done', next_at: null };
  const rows = entrants.map(({ id, external_id }) => {
    const group = drawGroup(run, external_id);
    return { customer_id: id, experiment_group: group, ...(group === holdout ? { state: 'held-out', next_at: null } : joining) };
  });
  await trx.raw(
    `WITH joined AS (
       INSERT INTO campaign_members (run_id, customer_id, experiment_group, state, next_at, joined_at, joined_after_event)
       SELECT :run, r.customer_id, r.experiment_group, r.state, r.next_at, :now, (SELECT coalesce(max(id), 0) FROM events)
       FROM jsonb_to_recordset(:rows::jsonb) AS r (customer_id bigint, experiment_group text, state text, next_at timestamptz)
       ON CONFLICT DO NOTHING RETURNING customer_id
     )
     INSERT INTO campaign_balances (run_id, customer_id, currency, open_minor)
     SELECT :run, o.customer_id, o.currency, o.open_minor FROM (${openOfSql('joined')}) o`,
    { run: run.id, now: new Date(now), rows: JSON.stringify(rows) });
  if (experiment?.policies) await startVariants(trx, run, rows.map(({ customer_id, experiment_group }) => ({ customerId: customer_id, group: experiment_group })), now);
}
