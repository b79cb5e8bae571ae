import fc from 'fast-check';
import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { recordCreditNotes, recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readCollectedByDay, readExperimentSums, readMoney } from '../../../db/readmodels/campaignResults';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const horizon = 30;
const joined = Date.parse('2026-03-02T10:00:00Z');
/** So many days after everybody joined, at ten in the morning; in UTC, where all of them are. */
const day = (days: number): Date => new Date(joined + days * 86_400_000);
const on = (days: number): string => day(days).toISOString().slice(0, 10);

/** What happens to one invoice. Days are those after joining. */
interface Life {
  totalMinor: number;
  /** Whether it came into the ledger only after its customer had joined. */
  isLate: boolean;
  credits: { day: number; amountMinor: number }[];
  payment: { day: number; amountMinor: number } | null;
  voided: number | null;
}

jest.setTimeout(120_000);
let database: FreshDatabase;
let knex: Knex;
let run = 0;
let runs = 0;
beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
});
afterAll(() => database?.destroy());

/** A run of its own with one customer for each list of invoices, through what happens to them in its order. */
async function live(customers: readonly (readonly Life[])[]): Promise<void> {
  runs += 1;
  const invoices = customers.flatMap((lives, index) => lives.map((life, position) => ({ life, customer: `${runs}-c${index}`, externalId: `${runs}-c${index}-i${position}` })));
  const record = ({ life, customer, externalId }: (typeof invoices)[number], voided = false) => ({
    externalId, customerExternalId: customer, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: life.totalMinor, ...(voided ? { documentState: 'void' as const } : {}),
  });
  const at = (days: number) => ({ actor: systemActor, at: day(days) });
  const days = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const happen = async (onDay: number): Promise<void> => {
    for (const each of invoices) {
      const { life, externalId } = each;
      for (const [index, { day: credited, amountMinor }] of life.credits.entries()) {
        if (credited === onDay) await recordCreditNotes(knex, at(onDay), [{ externalId: `${externalId}-n${index}`, invoiceExternalId: externalId, issuedOn: on(onDay), currency: 'EUR', amountMinor }]);
      }
      if (life.payment?.day === onDay) await recordPayments(knex, at(onDay), [{ externalId: `${externalId}-p`, invoiceExternalId: externalId, receivedAt: day(onDay).toISOString(), currency: 'EUR', amountMinor: life.payment.amountMinor }]);
      if (life.voided === onDay) await upsertInvoices(knex, at(onDay), [record(each, true)]);
    }
  };
  await upsertCustomers(knex, at(-30), customers.map((_, index) => ({ externalId: `${runs}-c${index}`, name: 'C', timeZone: 'UTC', contacts: [] })));
  await upsertInvoices(knex, at(-20), invoices.filter(({ life }) => !life.isLate).map((each) => record(each)));
  for (const each of days(-10, -1)) await happen(each);
  await knex.raw(`INSERT INTO campaigns (key, document, parsed, created_at, created_by) VALUES (?, '{}', '{}', now(), 'test')`, [`c${runs}`]);
  const { rows } = await knex.raw<{ rows: { id: number }[] }>(`INSERT INTO campaign_runs (campaign_id, run, started_at) SELECT id, 1, now() FROM campaigns WHERE key = ? RETURNING id`, [`c${runs}`]);
  run = rows[0]!.id;
  const mine = `external_id LIKE '${runs}-c%'`;
  await knex.raw(`INSERT INTO campaign_members (run_id, customer_id, experiment_group, state, joined_at, joined_after_event) SELECT ?, id, external_id, 'active', ?, (SELECT coalesce(max(id), 0) FROM events) FROM customers WHERE ${mine}`, [run, day(0)]);
  await knex.raw(`INSERT INTO campaign_balances SELECT ?, customer_id, currency, sum(open_minor) FROM invoices WHERE ${mine} AND open_minor > 0 GROUP BY 2, 3`, [run]);
  await upsertInvoices(knex, at(1), invoices.filter(({ life }) => life.isLate).map((each) => record(each)));
  for (const each of days(1, 40)) await happen(each);
}

/** The rule once more, in words of memory: what a customer owed on joining of what was a debt at the end of the horizon, and the cash that it brought of it. */
function expected(lives: readonly Life[]): { x: number; y: number } | undefined {
  let [x, y] = [0, 0];
  for (const { totalMinor, isLate, credits, payment, voided } of lives) {
    const inForce = (at: number): number => credits.filter(({ day: credited }) => credited <= at).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const isCancelled = (voided !== null && voided <= horizon) || inForce(horizon) >= totalMinor;
    if (isCancelled) continue;
    if (!isLate) x += totalMinor - inForce(-1) - (payment && payment.day < 0 ? payment.amountMinor : 0);
    if (payment && payment.day >= 0 && payment.day <= horizon) y += payment.amountMinor;
  }
  return x > 0 ? { x, y: Math.min(x, y) } : undefined;
}

const life = (more: Partial<Life> = {}): Life => ({ totalMinor: 1000_00, isLate: false, credits: [], payment: null, voided: null, ...more });
const credit = (onDay: number, amountMinor: number): Life['credits'][number] => ({ day: onDay, amountMinor });

test('an invoice that is voided, or credited to its total, leaves what was owed and what was collected; what is credited in part was owed', async () => {
  const named: Record<string, Life[]> = {
    'voided, and nothing else was owed': [life({ voided: 5 })],
    'voided after half of it was paid, beside one that is paid': [life({ payment: { day: 2, amountMinor: 500_00 }, voided: 5 }), life({ payment: { day: 4, amountMinor: 1000_00 } })],
    'voided when its outcome was told already': [life({ voided: 35 })],
    'credited to its total by two notes, one before joining': [life({ credits: [credit(-3, 300_00), credit(6, 700_00)] }), life()],
    'credited in part': [life({ credits: [credit(6, 400_00)] })],
    'credited to its total, when its outcome was told already': [life({ credits: [credit(31, 1000_00)] })],
    'one that came after joining is voided': [life(), life({ isLate: true, voided: 8 })],
  };
  await live(Object.values(named));
  const sums = await readExperimentSums(knex, run, horizon, day(40));
  const told = Object.fromEntries(Object.keys(named).map((name, index) => {
    const found = sums.find(({ group }) => group === `${runs}-c${index}`);
    return [name, found && { customers: found.customers, x: found.x, y: found.y, days: found.days }];
  }));
  expect(told).toEqual({
    'voided, and nothing else was owed': undefined,
    'voided after half of it was paid, beside one that is paid': { customers: 1, x: 1000_00, y: 1000_00, days: 4 },
    'voided when its outcome was told already': { customers: 1, x: 1000_00, y: 0, days: horizon },
    'credited to its total by two notes, one before joining': { customers: 1, x: 1000_00, y: 0, days: horizon },
    'credited in part': { customers: 1, x: 1000_00, y: 0, days: horizon },
    'credited to its total, when its outcome was told already': { customers: 1, x: 1000_00, y: 0, days: horizon },
    'one that came after joining is voided': { customers: 1, x: 1000_00, y: 0, days: horizon },
  });
  // Live, at day 40, the one that was voided on day 35 is no debt either; money and chart say the same.
  const money = await readMoney(knex, run, day(40));
  expect(money.find(({ group }) => group === `${runs}-c2`)).toBeUndefined();
  const byDay = await readCollectedByDay(knex, run, day(40));
  for (const { group, collectedMinor } of money) expect([group, byDay.filter((each) => each.group === group).reduce((sum, each) => sum + each.collectedMinor, 0)]).toEqual([group, collectedMinor]);
});

test('whatever happens to invoices, the sums are those of what was a debt', async () => {
  const onDay = fc.constantFrom(-5, 1, 2, 7, 29, 30, 31, 38);
  const amount = fc.constantFrom(100, 400, 600, 1_000);
  const lives = fc.array(fc.record({
    totalMinor: fc.constantFrom(1_000, 1_400), isLate: fc.boolean(), voided: fc.option(onDay, { freq: 2 }),
    credits: fc.array(fc.record({ day: onDay, amountMinor: amount }), { maxLength: 2 }),
    payment: fc.option(fc.record({ day: onDay, amountMinor: amount })),
  }), { minLength: 1, maxLength: 2 }).map((list) => list.filter(isPossible));
  const customers = fc.sample(lives.filter((list) => list.length > 0), { numRuns: 150, seed: 340 });
  await live(customers);
  const sums = await readExperimentSums(knex, run, horizon, day(60));
  const told = customers.map((_, index) => sums.find(({ group }) => group === `${runs}-c${index}`)).map((found) => found && { x: found.x, y: found.y });
  expect(told).toEqual(customers.map(expected));
  // The lives are such that customers are left out, and such that something is collected beside what is cancelled.
  expect(told.filter((each) => each === undefined).length).toBeGreaterThan(20);
  expect(told.filter((each) => each && each.y > 0).length).toBeGreaterThan(20);
});

/** What the ledger would refuse, or turn into cash of another kind, is no life: more than is open is never applied, nothing happens before the invoice is there or after it is void. */
function isPossible({ totalMinor, isLate, credits, payment, voided }: Life): boolean {
  const all = [...credits.map(({ amountMinor }) => amountMinor), payment?.amountMinor ?? 0].reduce((sum, each) => sum + each, 0);
  const days = [...credits.map(({ day: credited }) => credited), ...(payment ? [payment.day] : [])];
  if (all > totalMinor || (isLate && [...days, voided ?? 1].some((each) => each < 1))) return false;
  return voided === null || (voided > 0 && days.every((each) => each < voided));
}
