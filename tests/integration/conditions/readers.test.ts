import fc from 'fast-check';
import type { Knex } from 'knex';
import { readAccounts } from '../../../db/conditions/readAccounts';
import { readVerdicts, selectInvoices } from '../../../db/conditions/select';
import { addDays, dayMs, dayNumber } from '../../../domain/calendar/dates';
import { localDateAt } from '../../../domain/calendar/zones';
import { fields } from '../../../domain/condition/catalogue';
import { compileCondition, evaluateCondition } from '../../../domain/condition/evaluate';
import type { Condition } from '../../../domain/policy/types';
import { customerCondition, fill, hostile, invoiceCondition, ledger, middle } from '../../conditions/generated';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

jest.setTimeout(600_000);

let database: FreshDatabase;
let knex: Knex;
beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
});
afterAll(() => database.destroy());

/** Any hour: the date differs between the zones of the ledger at most of them. */
const instant = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minute) => dayNumber(middle) * dayMs + minute * 60_000);
const allCustomers = { kind: 'all' } as const;

async function everyAccount(now: number) {
  const { rows } = await knex.raw<{ rows: { id: number }[] }>('SELECT id FROM customers ORDER BY id');
  return readAccounts(knex, rows.map(({ id }) => id), now);
}

test('both readers of a condition select the same customers and the same invoices', async () => {
  await fc.assert(fc.asyncProperty(ledger, instant, fc.array(customerCondition, { minLength: 20, maxLength: 20 }), fc.array(invoiceCondition, { minLength: 20, maxLength: 20 }),
    async (customers, now, ofCustomers, ofInvoices) => {
      await fill(knex, customers);
      const accounts = await everyAccount(now);
      for (const condition of ofCustomers) {
        const inMemory = accounts.filter(({ facts }) => compileCondition(condition)(facts)).map(({ customerId }) => customerId);
        const inSql = (await readVerdicts(knex, condition, allCustomers, now)).filter(({ holds }) => holds).map(({ id }) => id);
        expect({ condition, selected: inSql }).toEqual({ condition, selected: inMemory });
        for (const { facts } of accounts) {
          const explained = evaluateCondition(condition, facts);
          expect(explained.holds).toBe(compileCondition(condition)(facts));
          expect(explained.reason).not.toBe('');
        }
      }
      for (const condition of ofInvoices) {
        const inMemory = accounts.flatMap(({ facts }) => facts.account.invoices.filter((invoice) => compileCondition(condition)({ ...facts, invoice })).map(({ id }) => Number(id)));
        expect({ condition, selected: await selectInvoices(knex, condition, allCustomers, now) }).toEqual({ condition, selected: inMemory.sort((a, b) => a - b) });
      }
    }), { numRuns: 40, endOnFailure: true });
});

test('what is generated asks for every field of the catalogue', () => {
  const conditions = [...fc.sample(customerCondition, 2_000), ...fc.sample(invoiceCondition, 2_000)];
  const text = JSON.stringify(conditions);
  expect(fields.map(({ name }) => name).filter((name) => !text.includes(`"${name}"`))).toEqual([]);
});

test('the day that is foretold is the first on which the answer changes by itself', async () => {
  await fc.assert(fc.asyncProperty(ledger, instant, fc.array(customerCondition, { minLength: 10, maxLength: 10 }), async (customers, now, conditions) => {
    await fill(knex, customers);
    const zones = new Map((await everyAccount(now)).map(({ customerId, facts }) => [customerId, facts.customer.timeZone]));
    for (const condition of conditions) {
      const verdicts = await readVerdicts(knex, condition, allCustomers, now);
      for (let days = 1; days <= 9; days += 1) {
        const later = now + days * dayMs;
        const then = new Map((await readVerdicts(knex, condition, allCustomers, later)).map(({ id, holds }) => [id, holds]));
        for (const { id, holds, flips_on } of verdicts) {
          if (flips_on === null || localDateAt(later, zones.get(id) ?? 'UTC') < flips_on) expect({ condition, id, days, holds: then.get(id) }).toEqual({ condition, id, days, holds });
        }
      }
    }
  }), { numRuns: 15, endOnFailure: true });
});

test('names and texts from outside stay values', async () => {
  await fill(knex, []);
  const now = dayNumber(middle) * dayMs;
  for (const text of hostile) {
    const conditions: Condition[] = [
      { field: 'customer.tier', op: '=', value: { kind: 'text', text } },
      { field: 'customer.tier', op: 'not-in', value: { kind: 'list', values: [text] } },
      { field: 'customer.custom.x', op: '=', value: { kind: 'text', text } },
      { field: 'customer.segments', op: 'in', value: { kind: 'list', values: [text] } },
      { field: 'customer.balance', op: '>', value: { kind: 'money', minorByCurrency: { [text.replaceAll('\u0000', '')]: 1 } } },
    ];
    for (const condition of conditions) expect(await readVerdicts(knex, condition, allCustomers, now)).toEqual([]);
  }
  expect((await knex('customers').count({ count: '*' }))[0]).toEqual({ count: 0 });
});

test('on the day before, the day and the day after, in the zone of the customer', async () => {
  const customer = { country: null, tier: null, termsDays: null, doNotContact: false, custom: {}, contactOn: null, behaviour: null, unapplied: [] };
  const invoice = { currency: 'USD', total: 100, paid: 0, dueOn: middle, type: 'standard', custom: {} };
  await fill(knex, ['Pacific/Kiritimati', 'UTC', 'Pacific/Pago_Pago'].map((zone) => ({ ...customer, zone, invoices: [invoice] })));
  const overdue: Condition = { field: 'customer.overdue', op: '>=', value: { kind: 'money', minorByCurrency: { USD: 100 } } };
  const at = async (iso: string): Promise<boolean[]> => (await readVerdicts(knex, overdue, allCustomers, Date.parse(iso))).map(({ holds }) => holds);
  expect(await at(`${middle}T09:59:59Z`)).toEqual([false, false, false]);
  expect(await at(`${middle}T10:00:00Z`)).toEqual([true, false, false]);
  expect(await at(`${addDays(middle, 1)}T00:00:00Z`)).toEqual([true, true, false]);
  expect(await at(`${addDays(middle, 1)}T11:00:00Z`)).toEqual([true, true, true]);
});
