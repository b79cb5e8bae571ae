import type { DemoLedger, DemoReversal, DemoWriteOff } from '../../demo/demoLedger';
import { addDays, dayNumber, dayMs, type InstantMs, type LocalDate } from '../../domain/calendar/dates';
import type { CreditNoteRecord, InvoiceRecord, PaymentRecord } from '../../domain/ledger/records';

/** What reaches the demo's ledger at one instant: invoices in the morning, the day's money and corrections in the evening. */
export type DemoEvents = {
  at: InstantMs;
  invoices: InvoiceRecord[];
  payments: PaymentRecord[];
  creditNotes: CreditNoteRecord[];
  reversals: DemoReversal[];
  writeOffs: DemoWriteOff[];
};

const morningMs = 6 * 3_600_000;
const eveningMs = 18 * 3_600_000;

/** The ledger's story in the order in which it happened, from its first day to its last; days without events are in it too. */
export function demoEvents(ledger: DemoLedger): DemoEvents[] {
  const first = ledger.invoices.reduce((earliest, { issuedOn }) => (issuedOn < earliest ? issuedOn : earliest), ledger.today);
  const invoices = byDay(ledger.invoices, ({ issuedOn }) => issuedOn);
  const payments = byDay(ledger.payments, ({ receivedAt }) => receivedAt.slice(0, 10));
  const creditNotes = byDay(ledger.creditNotes, ({ issuedOn }) => issuedOn);
  const reversals = byDay(ledger.reversals, ({ on }) => on);
  const writeOffs = byDay(ledger.writeOffs, ({ on }) => on);
  const events: DemoEvents[] = [];
  for (let day: LocalDate = first; day <= ledger.today; day = addDays(day, 1)) {
    const midnight = dayNumber(day) * dayMs;
    events.push({ at: midnight + morningMs, invoices: invoices.get(day) ?? [], payments: [], creditNotes: [], reversals: [], writeOffs: [] });
    if (day === ledger.today) break; // the demo opens in the course of its today
    events.push({ at: midnight + eveningMs, invoices: [], payments: payments.get(day) ?? [], creditNotes: creditNotes.get(day) ?? [], reversals: reversals.get(day) ?? [], writeOffs: writeOffs.get(day) ?? [] });
  }
  return events;
}

function byDay<T>(records: readonly T[], dayOf: (record: T) => LocalDate): Map<LocalDate, T[]> {
  const days = new Map<LocalDate, T[]>();
  for (const record of records) {
    const day = dayOf(record);
    const known = days.get(day);
    if (known) known.push(record);
    else days.set(day, [record]);
  }
  return days;
}
