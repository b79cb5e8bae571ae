import type { Knex } from 'knex';
import { systemActor } from '../../db/audit/actor';
import { recordCreditNotes, recordPayments, reversePayments, upsertCustomers, upsertInvoices, writeOffInvoices, type LedgerContext, type RecordResult } from '../../db/ledger';
import type { DemoLedger } from '../../demo/demoLedger';
import type { InstantMs } from '../../domain/calendar/dates';
import { demoEvents, type DemoEvents } from './demoEvents';

/** Puts the demo's ledger as it stood at an instant into the database, all of it or nothing. */
export async function loadDemo(knex: Knex, ledger: DemoLedger, asOf: InstantMs): Promise<void> {
  const past = demoEvents(ledger).filter(({ at }) => at <= asOf);
  const begin = past[0]?.at ?? asOf;
  await knex.transaction(async (trx) => {
    accepted(await upsertCustomers(trx, contextAt(begin), ledger.customers));
    for (const events of past) await recordDemoEvents(trx, events);
  });
}

/** Records what happened at one instant. Recording it again has no effect, since every record has its own id. */
export async function recordDemoEvents(db: Knex | Knex.Transaction, { at, invoices, payments, creditNotes, reversals, writeOffs }: DemoEvents): Promise<void> {
  const context = contextAt(at);
  if (invoices.length > 0) accepted(await upsertInvoices(db, context, invoices));
  if (creditNotes.length > 0) accepted(await recordCreditNotes(db, context, creditNotes));
  if (payments.length > 0) accepted(await recordPayments(db, context, payments));
  if (reversals.length > 0) accepted(await reversePayments(db, context, reversals.map(({ paymentExternalId, reason }) => ({ externalId: paymentExternalId, reason }))));
  if (writeOffs.length > 0) await writeOffInvoices(db, context, writeOffs); // one whose invoice was paid meanwhile is refused, rightly
}

function contextAt(at: InstantMs): LedgerContext {
  return { actor: systemActor, at: new Date(at) };
}

function accepted(results: readonly RecordResult[]): void {
  const refused = results.find(({ status }) => status === 'refused');
  if (refused) throw new Error(`The demo's ${refused.externalId} was refused: ${refused.errors?.map(({ field, reason }) => `${field} ${reason}`).join(', ')}`);
}
