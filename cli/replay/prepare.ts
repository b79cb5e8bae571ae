import type { Knex } from 'knex';
import { systemActor } from '../../db/audit/actor';
import { startManualClock } from '../../db/clock/clock';
import { recordsMax, upsertCustomers } from '../../db/ledger';
import { registerCustomFields, type CustomEntity } from '../../db/ledger/customFields';
import { publishPolicy } from '../../db/policies';
import { setRun } from '../../db/segments/controlRun';
import { createSegment } from '../../db/segments/segments';
import { setBatched } from '../../db/segments/setBatched';
import { addDays, dayNumber, type InstantMs, type LocalDate } from '../../domain/calendar/dates';
import { startOfDay } from '../../domain/calendar/zones';
import type { CustomValue } from '../../domain/collection/facts';
import { customTypeOf, type CustomType } from '../../domain/ledger/customFields';
import type { Policy } from '../../domain/policy/types';
import type { PolicyText } from '../policyFiles';
import type { SegmentOfFile } from '../segmentFile';
import { defaultTimeZone, type Ledger } from '../../domain/simulation/timeline';

/** Between the last step and the end of a replay whose end was not given: what was deferred by spacing and holidays comes too. */
const runOutDays = 14;

/** The first and last day of a replay: as given, else from the first invoice until the last one's ladder is at its end. */
export function replayDays(ledger: Ledger, policies: readonly Policy[], given: { from?: LocalDate; to?: LocalDate }): { from: LocalDate; to: LocalDate } {
  const issued = ledger.invoices.map(({ issuedOn }) => issuedOn).sort();
  const due = ledger.invoices.map(({ dueOn, issuedOn }) => dueOn ?? issuedOn).sort();
  const first = issued[0];
  const last = due.at(-1);
  if (first === undefined || last === undefined) throw new Error('The ledger has no invoices: there is nothing to replay.');
  // A policy that a step starts may begin when the one before is at its end.
  const longest = policies.reduce((sum, { steps }) => sum + steps.reduce((days, { offset }) => Math.max(days, offset.unit === 'days' ? offset.count : offset.count * 2), 0), 0);
  return { from: given.from ?? first, to: given.to ?? addDays(last, longest + runOutDays) };
}

/** The end of a customer's last day, not included. */
export function endOfCustomer(ledger: Ledger, to: LocalDate): (customer: string) => InstantMs {
  const zones = new Map(ledger.customers.map(({ externalId, timeZone }) => [externalId, timeZone ?? defaultTimeZone]));
  return (customer) => startOfDay(dayNumber(to) + 1, zones.get(customer) ?? defaultTimeZone);
}

/** Readies an empty database: the clock, the policies, the first of which is everybody's, and the customers, who are there from the start. */
export async function prepareDatabase(knex: Knex, ledger: Ledger, [everybodys, ...others]: readonly PolicyText[], start: InstantMs): Promise<void> {
  await startManualClock(knex, start);
  await knex.transaction(async (trx) => {
    for (const other of others) await publishPolicy(trx, { ...other, actor: systemActor, activate: false, inForce: true });
    if (everybodys) await publishPolicy(trx, { ...everybodys, actor: systemActor });
    await register(trx, 'customer', ledger.customers);
    await register(trx, 'invoice', ledger.invoices);
    await registerBusinessUnits(trx, ledger);
  });
  const context = { actor: systemActor, at: new Date(start) };
  for (let first = 0; first < ledger.customers.length; first += recordsMax) {
    for (const { externalId, status, errors } of await upsertCustomers(knex, context, ledger.customers.slice(first, first + recordsMax))) {
      if (status === 'refused') throw new Error(`The ledger refuses the customer ${externalId}: ${errors?.map(({ field, reason }) => `${field} ${reason}`).join('; ')}.`);
    }
  }
}

async function register(trx: Knex, entity: CustomEntity, records: readonly { custom?: Readonly<Record<string, CustomValue>> }[]): Promise<void> {
  const types = new Map<string, CustomType>();
  for (const { custom } of records) for (const [name, value] of Object.entries(custom ?? {})) if (value !== null) types.set(name, customTypeOf(value));
  if (types.size > 0) await registerCustomFields(trx, entity, types);
}

async function registerBusinessUnits(trx: Knex, ledger: Ledger): Promise<void> {
  const codes = new Set([...ledger.customers, ...ledger.invoices].flatMap(({ businessUnit }) => businessUnit ?? []));
  await trx.raw('INSERT INTO business_units (code, name) SELECT code, code FROM unnest(?::text[]) AS t (code) ON CONFLICT DO NOTHING', [[...codes]]);
}

/** Makes the segments of a replay; the worker finds their members. */
export async function makeSegments(knex: Knex, segments: readonly SegmentOfFile[], now: InstantMs): Promise<void> {
  await knex.transaction(async (trx) => {
    for (const { key, document, run, consolidated } of segments) {
      const { id } = await createSegment(trx, systemActor, key, { title: key, description: null, condition: document }, now);
      if (run) await setRun(trx, systemActor, id, run, consolidated, now);
    }
  });
}

/** Puts everybody into a segment that collects in batches; the worker finds its members. */
export async function collectInBatches(knex: Knex, now: InstantMs): Promise<void> {
  await knex.transaction(async (trx) => {
    const everybody = await createSegment(trx, systemActor, 'everybody', { title: 'Everybody', description: null, condition: { field: 'customer.openInvoices', op: '>=', value: 0 } }, now);
    await setBatched(trx, systemActor, everybody.id, true, now);
  });
}
