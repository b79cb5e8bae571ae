import Holidays from 'date-holidays';
import { systemActor } from '../../db/audit/actor';
import { readDecisionRows } from '../../db/collection/decisionRows';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../db/ledger';
import { addDays, dayMs, dayNumber, type InstantMs, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt, startOfDay } from '../../domain/calendar/zones';
import type { DecisionRow } from '../../domain/collection/decision';
import type { CustomerRecord, InvoiceRecord, PaymentRecord } from '../../domain/ledger/records';
import { simulate } from '../../domain/simulation/simulate';
import { updateCollection } from '../../workflows/contracts/client';
import { pauseCollectionUpdate, resumeCollectionUpdate } from '../../workflows/contracts/messages';
import { referencePolicy } from '../collection/deployment';
import { startRealTime, type RealTime } from './realTime';

jest.setTimeout(600_000);

const hourMs = 3_600_000;
const lifeDays = 165;

/*
 * Real timers over a hundred and sixty-five days, from a first of March on, so that the clocks of New York and Berlin change on the way and Ascension Day, a
 * Thursday and a holiday in Germany, lies in it. All workflows are told every 30 hours that something changed, at ever another hour of the day, and so is each of them while it plans and acts.
 */
describe('months on real timers, disturbed by signals at every point', () => {
  let time: RealTime;
  let first: LocalDate;
  let ascension: LocalDate;
  const day = (number: number): LocalDate => addDays(first, number);
  const start = (number: number, zone: string): InstantMs => startOfDay(dayNumber(day(number)), zone);

  const customers: CustomerRecord[] = [
    { externalId: 'BERLIN', name: 'Berlin', timeZone: 'Europe/Berlin', country: 'DE', region: 'BE', contacts: [{ role: 'billing', email: 'berlin@example.com' }] },
    { externalId: 'NEW-YORK', name: 'New York', timeZone: 'America/New_York', country: 'US', contacts: [{ role: 'billing', email: 'ny@example.com' }] },
    { externalId: 'HOLIDAY', name: 'Holiday', timeZone: 'Europe/Berlin', country: 'DE', region: 'BE', contacts: [{ role: 'billing', email: 'holiday@example.com' }] },
    { externalId: 'PAUSED', name: 'Paused', timeZone: 'UTC', contacts: [{ role: 'billing', email: 'paused@example.com' }] },
  ];
  let invoices: InvoiceRecord[];
  let payment: PaymentRecord;
  let rows: DecisionRow[];

  beforeAll(async () => {
    const meanwhile = new Map<string, number>();
    time = await startRealTime({
      // In every other one of its first forty: each signal makes it plan again, which is an activity as well.
      duringActivity: async (invoice) => {
        const count = (meanwhile.get(invoice) ?? 0) + 1;
        meanwhile.set(invoice, count);
        if (count <= 40 && count % 2 === 0) await time.disturb(invoice);
      },
    });
    first = nextFirstOfMarch(await time.now());
    ascension = ascensionDay(Number(first.slice(0, 4)));
    const inEuro = { currency: 'EUR', totalMinor: 90_000 };
    invoices = [
      { externalId: 'UNPAID', customerExternalId: 'BERLIN', issuedOn: day(1), dueOn: day(15), ...inEuro },
      { externalId: 'PAID-LATE', customerExternalId: 'NEW-YORK', issuedOn: day(1), dueOn: day(15), currency: 'USD', totalMinor: 70_000 },
      { externalId: 'DUE-ON-ASCENSION', customerExternalId: 'HOLIDAY', issuedOn: day(1), dueOn: ascension, ...inEuro },
      { externalId: 'PAUSED-1', customerExternalId: 'PAUSED', issuedOn: day(1), dueOn: day(15), ...inEuro },
    ];
    payment = { externalId: 'P-1', invoiceExternalId: 'PAID-LATE', receivedAt: day(46), currency: 'USD', amountMinor: 70_000 };
    await live();
    rows = await readDecisionRows(time.knex);
  });
  afterAll(() => time?.stop());

  async function live(): Promise<void> {
    const context = async () => ({ actor: systemActor, at: new Date(await time.now()) });
    const asked = (requestId: string) => ({ requestId, actor: { kind: 'user' as const, id: '7', name: 'Grace' }, reason: null });
    await time.passTo(start(1, 'UTC') - 12 * hourMs);
    await upsertCustomers(time.knex, await context(), customers);
    const happenings: { at: InstantMs; happen: () => Promise<unknown> }[] = [
      ...invoices.map((invoice) => ({
        at: start(1, customers.find(({ externalId }) => externalId === invoice.customerExternalId)?.timeZone ?? 'UTC'),
        happen: async () => upsertInvoices(time.knex, await context(), [invoice]),
      })),
      { at: start(5, 'UTC'), happen: async () => updateCollection(time.client, 'PAUSED-1', pauseCollectionUpdate, { ...asked('pause'), until: null }) },
      { at: start(46, 'America/New_York'), happen: async () => recordPayments(time.knex, await context(), [payment]) },
      { at: start(60, 'UTC'), happen: async () => updateCollection(time.client, 'PAUSED-1', resumeCollectionUpdate, asked('resume')) },
      ...Array.from({ length: Math.floor((lifeDays * 24) / 30) }, (_, index) => ({
        at: start(1, 'UTC') + (index + 1) * 30 * hourMs,
        happen: () => Promise.all(invoices.map(({ externalId }) => time.disturb(externalId))),
      })),
    ];
    for (const { at, happen } of happenings.sort((a, b) => a.at - b.at)) {
      await time.passTo(at);
      await happen();
      await time.settled();
    }
  }

  const of = (invoice: string): DecisionRow[] => rows.filter((row) => row.invoice === invoice);
  const localTime = (row: DecisionRow, zone: string): string => new Date(row.at).toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });

  test('day 1 to day 165: the decisions are those of the simulator', () => {
    const undisturbed = ['UNPAID', 'PAID-LATE', 'DUE-ON-ASCENSION'];
    const foretold = simulate({ customers, invoices, payments: [payment], creditNotes: [] }, referencePolicy().policy, day(1), day(lifeDays))
      .filter(({ invoice }) => undisturbed.includes(invoice));
    const text = ({ at: _at, ...row }: DecisionRow): string => JSON.stringify(row);
    expect(rows.filter(({ invoice }) => undisturbed.includes(invoice)).map(text).sort()).toEqual(foretold.map(text).sort());
  });

  test('day 135: an invoice that nobody pays has gone the whole ladder, to the hand-off', () => {
    const executed = of('UNPAID').filter(({ outcome }) => outcome === 'executed').map(({ step, action }) => `${step} ${action}`);
    expect(executed).toEqual([
      'deliver email', 'due email', 'overdue-7 email', 'call-14 task', 'sales-30 task', 'hold-45 hold', 'hold-45 email', 'handoff-120 handoff', 'handoff-120 notify',
    ]);
  });

  test('the clocks change in New York and in Berlin: every step still runs when the window opens there', () => {
    const opened = [...of('UNPAID').map((row) => localTime(row, 'Europe/Berlin')), ...of('PAID-LATE').filter(({ outcome }) => outcome === 'executed').map((row) => localTime(row, 'America/New_York'))];
    expect(opened.length).toBeGreaterThan(10);
    expect(new Set(opened)).toEqual(new Set(['09:00']));
    const offsets = new Set(of('UNPAID').map((row) => (Date.parse(row.at) - startOfDay(dayNumber(row.on), 'UTC')) / hourMs).map(Math.floor));
    expect(offsets.size).toBe(2);
  });

  test('day 46: a payment ends the ladder that day, and no reminder follows', () => {
    const after = of('PAID-LATE').filter(({ on }) => on >= day(46));
    expect(after.length).toBeGreaterThan(0);
    expect(new Set(after.map(({ on, outcome }) => `${on} ${outcome}`))).toEqual(new Set([`${day(46)} suppressed`]));
  });

  test('Ascension Day: an invoice that is due on a holiday is reminded of on the day after, a Friday', () => {
    expect(of('DUE-ON-ASCENSION').find(({ step }) => step === 'due')).toMatchObject({ outcome: 'executed', on: addDays(ascension, 1) });
  });

  test('day 5: paused; day 60: resumed, and what was missed does not come as a burst', () => {
    const executed = of('PAUSED-1').filter(({ outcome }) => outcome === 'executed');
    expect(executed.filter(({ on }) => on > day(5) && on < day(60))).toEqual([]);
    expect(executed.filter(({ on, action }) => action === 'email' && on >= day(60) && on <= day(62)).length).toBeLessThanOrEqual(1);
    expect(executed.at(-1)).toMatchObject({ step: 'handoff-120' });
  });
});

/** A first of March at least two days ahead. */
function nextFirstOfMarch(now: InstantMs): LocalDate {
  const earliest = localDateAt(now + 2 * dayMs, 'UTC');
  const year = Number(earliest.slice(0, 4));
  return earliest <= `${year}-03-01` ? `${year}-03-01` : `${year + 1}-03-01`;
}

/** A Thursday every year, and a holiday in all of Germany. Asked of the library directly, not by way of our calendar. */
function ascensionDay(year: number): LocalDate {
  const day = new Holidays('DE', 'BE').getHolidays(year).find(({ rule }) => rule === 'easter 39');
  if (!day) throw new Error(`No Ascension Day is known in ${year}.`);
  return day.date.slice(0, 10) as LocalDate;
}
