import { systemActor } from '../../db/audit/actor';
import { readDecisionRows } from '../../db/collection/decisionRows';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { recordPromise } from '../../db/promises';
import { addDays, dayNumber, isoWeekday, type InstantMs, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt, startOfDay } from '../../domain/calendar/zones';
import { startRealTime, type RealTime } from './realTime';

jest.setTimeout(600_000);

const minuteMs = 60_000;

/*
 * Two customers, one to the east and one to the west, promise the same day. Each promise ends at midnight of its own zone, on a timer of the invoice's workflow: half
 * a day lies between them.
 */
describe('promises on real timers', () => {
  let time: RealTime;
  let first: LocalDate;
  const zones = { AUCKLAND: 'Pacific/Auckland', DENVER: 'America/Denver' } as const;
  const day = (number: number): LocalDate => addDays(first, number);
  const endOf = (date: LocalDate, zone: string): InstantMs => startOfDay(dayNumber(date) + 1, zone);
  const states = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await time.knex.raw<{ rows: { external_id: string; state: string }[] }>('SELECT external_id, state FROM promises ORDER BY 1')).rows.map(({ external_id, state }) => [external_id, state]));

  beforeAll(async () => {
    time = await startRealTime();
    // A Monday in some days, so that no weekend moves a step.
    first = addDays(localDateAt(await time.now(), 'UTC'), 3);
    while (isoWeekday(dayNumber(first)) !== 1) first = addDays(first, 1);
    const context = async () => ({ actor: systemActor, at: new Date(await time.now()) });
    await upsertCustomers(time.knex, await context(), Object.entries(zones).map(([externalId, timeZone]) => ({ externalId, name: externalId, timeZone, contacts: [{ role: 'billing' as const, email: 'a@example.com' }] })));
    await time.passTo(startOfDay(dayNumber(first), 'UTC'));
    await upsertInvoices(time.knex, await context(), Object.keys(zones).map((customerExternalId) => ({ externalId: `OF-${customerExternalId}`, customerExternalId, issuedOn: first, dueOn: day(7), currency: 'USD', totalMinor: 50_000 })));
    // The reminder of day 14 is due on it; they promise on the day before, to pay by day 16, a Wednesday.
    await time.passTo(startOfDay(dayNumber(day(13)), 'UTC'));
    for (const customerExternalId of Object.keys(zones)) {
      await recordPromise(time.knex, await context(), { externalId: `P-${customerExternalId}`, customerExternalId, currency: 'USD', promisedOn: day(16), source: 'call' });
    }
    await time.settled();
  });
  afterAll(() => time?.stop());

  test('day 16: it ends in Auckland first, at midnight there; the one in Denver runs on until midnight in Denver', async () => {
    await time.passTo(endOf(day(16), zones.AUCKLAND) - minuteMs);
    expect(await states()).toEqual({ 'P-AUCKLAND': 'pending', 'P-DENVER': 'pending' });
    await time.passTo(endOf(day(16), zones.AUCKLAND) + minuteMs);
    expect(await states()).toEqual({ 'P-AUCKLAND': 'broken', 'P-DENVER': 'pending' });
    await time.passTo(endOf(day(16), zones.DENVER) - minuteMs);
    expect(await states()).toEqual({ 'P-AUCKLAND': 'broken', 'P-DENVER': 'pending' });
    await time.passTo(endOf(day(16), zones.DENVER) + minuteMs);
    expect(await states()).toEqual({ 'P-AUCKLAND': 'broken', 'P-DENVER': 'broken' });
  });

  test('day 17: both resume at the reminder that was held back, when the window opens, and go on with the call on day 21', async () => {
    await time.passTo(endOf(day(21), zones.DENVER));
    const rows = await readDecisionRows(time.knex);
    for (const invoice of ['OF-AUCKLAND', 'OF-DENVER']) {
      expect(rows.filter((row) => row.invoice === invoice && row.on >= day(14)).map(({ on, step, outcome }) => [on, step, outcome])).toEqual([
        [day(14), 'overdue-7', 'deferred'], [day(17), 'overdue-7', 'executed'], [day(21), 'call-14', 'executed'],
      ]);
    }
  });
});
