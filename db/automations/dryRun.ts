import type { Knex } from 'knex';
import { decideFiring, type FiringInput } from '../../domain/automation/decideFiring';
import type { Automation } from '../../domain/automation/types';
import type { InstantMs } from '../../domain/calendar/dates';
import type { EventData, EventKind } from '../../domain/events/kinds';
import { localDateAt } from '../../domain/calendar/zones';
import { countedAtSql } from '../ledger/countedAtSql';
import type { Approval } from '../../domain/policy/types';
import { calendarOf, readCandidates, readCustomers, type LedgerCandidate } from './candidates';

export const dryRunDays = 90;
/** Beyond so many events the newest are looked at, and the answer says so. */
const eventsMax = 20_000;
const pageSize = 500;
const firingsShownMax = 200;

export interface DryRun {
  from: Date;
  to: Date;
  events: number;
  /** More happened than were looked at. */
  isCut: boolean;
  /** Those that would have asked for approval first among them. */
  fired: number;
  /** How often it would have asked somebody to agree. */
  asked: number;
  notMet: number;
  bounded: number;
  customers: number;
  /** The newest. */
  firings: { at: Date; customerId: number; customerName: string; invoiceId: number | null; invoiceNumber: string | null; reason: string; /** Who would have been asked to agree. */ asks: Approval['by'] | null }[];
}

interface PastEvent {
  kind: EventKind;
  at: Date;
  depth: number;
  data: EventData;
  customer_id: number;
  customer_name: string;
  invoice_id: number | null;
}

/**
 * How often an automation would have fired in the last 90 days, and for whom. Events are those that were recorded; days past due are found in the ledger.
 * Balances are as they were at each event; what else a condition asks of invoices and customers is as it is today. Writes nothing.
 */
export async function dryRunAutomation(knex: Knex, automation: Automation, now: InstantMs): Promise<DryRun> {
  const from = now - dryRunDays * 86_400_000;
  const events = await pastEvents(knex, automation, from, now);
  const looked = events.slice(-eventsMax);
  const run: DryRun = { from: new Date(from), to: new Date(now), events: looked.length, isCut: events.length > eventsMax, fired: 0, asked: 0, notMet: 0, bounded: 0, customers: 0, firings: [] };
  const firedAt = new Map<number, InstantMs[]>();
  for (let start = 0; start < looked.length; start += pageSize) {
    const page = looked.slice(start, start + pageSize);
    const candidates = await candidatesThen(knex, page, automation.when);
    const alone = await readCustomers(knex, page.flatMap(({ customer_id, invoice_id }, index) => (invoice_id === null && !candidates[index]?.length ? [customer_id] : [])), automation.when);
    page.forEach((event, index) => {
      const customer = event.invoice_id === null ? alone.get(event.customer_id) : undefined;
      countEvent(run, automation, event, { candidates: candidates[index] ?? [], customer: customer ? { ...customer, pause: null } : null }, firedAt);
    });
  }
  run.customers = firedAt.size;
  run.firings = run.firings.slice(-firingsShownMax).reverse();
  return run;
}

function countEvent(run: DryRun, automation: Automation, event: PastEvent, about: Pick<FiringInput, 'candidates' | 'customer'>, firedAt: Map<number, InstantMs[]>): void {
  const at = event.at.getTime();
  const before = firedAt.get(event.customer_id) ?? [];
  // How often it fires is asked, not when each email could leave: contact is taken as free.
  const decision = decideFiring({ automation, event: { kind: event.kind, at, depth: event.depth, data: event.data }, ...about, firedAt: before, contact: () => ({ kind: 'now' }), calendar: (candidate) => calendarOf(candidate as LedgerCandidate), asked: null, now: at });
  switch (decision.kind) {
    case 'asks':
    case 'fired': {
      const asks = decision.kind === 'asks' ? decision.approval.by : null;
      run.fired += 1;
      if (asks) run.asked += 1;
      firedAt.set(event.customer_id, [...before, at]);
      const candidate = decision.candidate.invoice === null ? null : decision.candidate as LedgerCandidate;
      run.firings.push({ at: event.at, customerId: event.customer_id, customerName: event.customer_name, invoiceId: candidate?.invoiceId ?? null, invoiceNumber: candidate?.invoice.externalId ?? null, reason: decision.reason, asks });
      return;
    }
    case 'bounded':
      run.bounded += 1;
      return;
    case 'not-met':
    case 'lapsed':
    case 'deferred':
      run.notMet += 1;
  }
}

async function pastEvents(knex: Knex, { trigger }: Automation, from: InstantMs, now: InstantMs): Promise<PastEvent[]> {
  const days = trigger.kind === 'invoice.due' ? 0 : trigger.days;
  const bindings = { from: new Date(from), now: new Date(now), kind: trigger.kind, days: days ?? 0, limit: eventsMax + 1 };
  const select = days === null
    ? `SELECT e.kind, e.at, e.depth, e.data, e.customer_id, c.name AS customer_name, e.invoice_id, e.id FROM events e JOIN customers c ON c.id = e.customer_id WHERE e.at > :from AND e.at <= :now AND e.kind = :kind`
    : `SELECT :kind::text AS kind, (i.due_on + :days::integer)::timestamp AT TIME ZONE c.time_zone AS at, 0 AS depth, jsonb_build_object('days', :days::integer) AS data, c.id AS customer_id, c.name AS customer_name,
         i.id AS invoice_id, i.id FROM invoices i JOIN customers c ON c.id = i.customer_id
       WHERE i.document_state = 'issued' AND i.due_on BETWEEN :from::timestamptz::date - :days::integer - 1 AND :now::timestamptz::date - :days::integer + 1
         AND (i.due_on + :days::integer)::timestamp AT TIME ZONE c.time_zone > :from AND (i.due_on + :days::integer)::timestamp AT TIME ZONE c.time_zone <= :now
         AND ${openThen({ invoice: 'i', zone: 'c.time_zone', at: '(i.due_on + :days::integer)::timestamp AT TIME ZONE c.time_zone' })} > 0`;
  const { rows } = await knex.raw<{ rows: PastEvent[] }>(`SELECT * FROM (SELECT * FROM (${select}) found ORDER BY at DESC, id DESC LIMIT :limit) newest ORDER BY at, id`, bindings);
  return rows;
}

/** SQL of what was open on an invoice at an instant, by when the money was there, whenever the ledger came to know of it. */
function openThen({ invoice, zone, at }: { invoice: string; zone: string; at: string }): string {
  return `(${invoice}.total_minor - coalesce((SELECT sum(a.amount_minor) FROM applications a WHERE a.invoice_id = ${invoice}.id AND ${countedAtSql({ application: 'a', invoice, zone })} <= ${at} AND (a.reversed_at IS NULL OR a.reversed_at > ${at})), 0))::bigint`;
}

/** The candidates of each event, with the balances of its moment; of an event about a customer those that were issued and open then. What is paused or stopped today was not so then, as far as is known. */
async function candidatesThen(knex: Knex, events: readonly PastEvent[], when: Automation['when']): Promise<LedgerCandidate[][]> {
  const candidates = await readCandidates(knex, events.map(({ customer_id, invoice_id }) => ({ customerId: customer_id, invoiceId: invoice_id })), when);
  const asked = candidates.flatMap((found, index) => (found ?? []).map(({ invoiceId }) => ({ index, id: invoiceId, customer: events[index]!.customer_id, at: events[index]!.at.toISOString() })));
  const { rows } = await knex.raw<{ rows: { index: number; id: number; open: number; balance: number }[] }>(
    `SELECT q.index, q.id, ${openThen({ invoice: 'i', zone: 'c.time_zone', at: 'q.at' })} AS open,
       (SELECT coalesce(sum(${openThen({ invoice: 'o', zone: 'c.time_zone', at: 'q.at' })}), 0)::bigint FROM invoices o WHERE o.customer_id = q.customer AND o.currency = i.currency AND o.document_state = 'issued' AND o.issued_on <= q.at::date) AS balance
     FROM jsonb_to_recordset(?::jsonb) AS q (index integer, id bigint, customer bigint, at timestamptz) JOIN invoices i ON i.id = q.id JOIN customers c ON c.id = i.customer_id`, [JSON.stringify(asked)]);
  const then = new Map(rows.map((row) => [`${row.index}/${row.id}`, row]));
  const wasOpen = (index: number, { invoice }: LedgerCandidate): boolean => events[index]!.invoice_id !== null || (invoice.openMinor > 0 && invoice.issuedOn <= localDateAt(events[index]!.at.getTime(), 'UTC'));
  return candidates.map((found, index) => (found ?? []).map((candidate): LedgerCandidate => {
    const money = then.get(`${index}/${candidate.invoiceId}`);
    return {
      ...candidate,
      customer: { ...candidate.customer, pause: null },
      invoice: { ...candidate.invoice, creditMinor: 0, openMinor: money?.open ?? 0, customerBalanceMinor: money?.balance ?? 0 },
    };
  }).filter((candidate) => wasOpen(index, candidate)));
}
