import { createCollectionActivities } from '../../../activities/collection/activities';
import { systemActor } from '../../../db/audit/actor';
import { startManualClock } from '../../../db/clock/clock';
import { insertCollections } from '../../../db/collection/collections';
import { recordCreditNotes, recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { activePolicyVersion, publishPolicy } from '../../../db/policies';
import type { DecisionRow } from '../../../domain/collection/decision';
import { printPolicy } from '../../../domain/policy/printPolicy';
import { simulate } from '../../../domain/simulation/simulate';
import type { Ledger } from '../../../domain/simulation/timeline';
import { ladder } from '../../domain/collection/story';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

jest.setTimeout(120_000);

const policy = ladder(`
- {id: deliver, anchor: issued, offset: {days: 0}, exemptFromSpacing: true, actions: [{email: {template: deliver}}, {discount: {percent: "2", forDays: 10}}]}
- {id: remind, anchor: due, offset: {days: 1}, actions: [{email: {template: due}}]}
- {id: fee, anchor: due, offset: {days: 7}, actions: [{charge: {fixed: {USD: "40.00"}}}]}
- {id: law, anchor: due, offset: {days: 3650}, actions: [{charge: {statutory: de}}]}
`);

describe('2 % off for paying within ten days, 40.00 a week after the due date, and interest by law ten years later', () => {
  let database: FreshDatabase;
  const activities = () => createCollectionActivities({ knex: database.knex });
  const context = (at: string) => ({ actor: systemActor, at: new Date(at) });
  const names = ['A', 'B', 'C', 'D'];
  const records = names.map((name) => ({ externalId: `INV-${name}`, customerExternalId: name, issuedOn: '2026-01-05', dueOn: '2026-02-04', currency: 'USD', totalMinor: 100_000 }));
  const customers = names.map((name) => ({ externalId: name, name, timeZone: 'UTC', contacts: [{ role: 'billing' as const, email: `${name.toLowerCase()}@example.com` }] }));
  const open = async (invoice: string): Promise<number> => (await database.knex('invoices').where({ external_id: invoice }).first('open_minor') as { open_minor: number }).open_minor;
  const day = async (date: string): Promise<void> => {
    await database.knex.raw('UPDATE clock SET virtual_now = ?', [`${date}T09:00:00Z`]);
    for (const { externalId } of records) await activities().performStep({ invoice: externalId });
  };

  beforeAll(async () => {
    database = await freshDatabase();
    const { knex } = database;
    await startManualClock(knex, Date.parse('2026-01-05T09:00:00Z'));
    await knex.transaction((trx) => publishPolicy(trx, { policy, source: printPolicy(policy), actor: systemActor }));
    await upsertCustomers(knex, context('2026-01-05T00:00:00Z'), customers);
    await upsertInvoices(knex, context('2026-01-05T00:00:00Z'), records);
    const { rows } = await knex.raw<{ rows: { id: number; customer_id: number }[] }>('SELECT id, customer_id FROM invoices');
    const active = await activePolicyVersion(knex);
    await insertCollections(knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: active!.id, requestedSeq: 1, startedAt: 0 })));
  });
  afterAll(() => database.destroy());

  test('day 0: the offer is made with the delivery, once however often the step is performed', async () => {
    await day('2026-01-05');
    await day('2026-01-05');
    expect(await database.knex('discount_offers').select('source', 'source_name', 'base_minor', 'last_day').limit(1)).toEqual([{ source: 'policy', source_name: 'test@1/deliver', base_minor: 100_000, last_day: '2026-01-15' }]);
    expect(await database.knex('discount_offers').count()).toEqual([{ count: 4 }]);
  });

  test('day 8: 980.00 settles A; received on day 10 and on record on day 12, 980.00 settles B; C pays 979.99 and still owes', async () => {
    await recordPayments(database.knex, context('2026-01-13T12:00:00Z'), [{ externalId: 'P-A', invoiceExternalId: 'INV-A', receivedAt: '2026-01-13', currency: 'USD', amountMinor: 98_000 }]);
    expect(await open('INV-A')).toBe(0);
    await recordPayments(database.knex, context('2026-01-17T12:00:00Z'), [
      { externalId: 'P-B', invoiceExternalId: 'INV-B', receivedAt: '2026-01-15T23:59:59Z', currency: 'USD', amountMinor: 98_000 },
      { externalId: 'P-C', invoiceExternalId: 'INV-C', receivedAt: '2026-01-15', currency: 'USD', amountMinor: 97_999 },
    ]);
    expect([await open('INV-B'), await open('INV-C')]).toEqual([0, 2_001]);
    const { rows } = await database.knex.raw<{ rows: { kind: string }[] }>(`SELECT kind FROM events WHERE kind IN ('discount.honoured', 'invoice.settled') ORDER BY kind`);
    expect(rows.map(({ kind }) => kind)).toEqual(['discount.honoured', 'discount.honoured', 'invoice.settled', 'invoice.settled']);
  });

  test('day 11: too late for D by a day, whose payment leaves the whole discount open', async () => {
    await recordPayments(database.knex, context('2026-01-21T12:00:00Z'), [{ externalId: 'P-D', invoiceExternalId: 'INV-D', receivedAt: '2026-01-16', currency: 'USD', amountMinor: 98_000 }]);
    expect(await open('INV-D')).toBe(2_000);
  });

  test('day 20: the payment of A bounces, and the discount goes with it; paid again too late, 20.00 stay open', async () => {
    await reversePayments(database.knex, context('2026-01-25T12:00:00Z'), [{ externalId: 'P-A' }]);
    expect(await open('INV-A')).toBe(100_000);
    await reversePayments(database.knex, context('2026-01-25T12:00:00Z'), [{ externalId: 'P-A' }]);
    await recordPayments(database.knex, context('2026-01-26T12:00:00Z'), [{ externalId: 'P-A2', invoiceExternalId: 'INV-A', receivedAt: '2026-01-26', currency: 'USD', amountMinor: 98_000 }]);
    expect(await open('INV-A')).toBe(2_000);
    await recordCreditNotes(database.knex, context('2026-01-26T13:00:00Z'), [{ externalId: 'N-A', invoiceExternalId: 'INV-A', issuedOn: '2026-01-26', currency: 'USD', amountMinor: 2_000 }]);
    expect(await open('INV-A')).toBe(0);
  });

  test('day 37: C and D, who owe, are charged once; nothing of it is in what is open', async () => {
    await day('2026-02-05');
    await day('2026-02-11');
    await day('2026-02-11');
    const charges = await database.knex('charges').orderBy('key').select('kind', 'amount_minor', 'key') as { kind: string; amount_minor: number; key: string }[];
    expect(charges.map(({ kind, amount_minor, key }) => `${kind} ${amount_minor} ${key}`)).toEqual(['late-fee 4000 INV-C/test@1/fee/1/charge/late-fee', 'late-fee 4000 INV-D/test@1/fee/1/charge/late-fee']);
    expect(await open('INV-C')).toBe(2_001);
  });

  test('the decisions are those of a simulation of the same ledger', async () => {
    const ledger: Ledger = {
      customers, invoices: records.filter(({ externalId }) => externalId !== 'INV-A'), creditNotes: [], payments: [
        { externalId: 'P-B', invoiceExternalId: 'INV-B', receivedAt: '2026-01-15T23:59:59Z', currency: 'USD', amountMinor: 98_000 },
        { externalId: 'P-C', invoiceExternalId: 'INV-C', receivedAt: '2026-01-15', currency: 'USD', amountMinor: 97_999 },
        { externalId: 'P-D', invoiceExternalId: 'INV-D', receivedAt: '2026-01-16', currency: 'USD', amountMinor: 98_000 },
      ],
    };
    const simulated = simulate(ledger, policy, '2026-01-05', '2026-02-12').filter(({ outcome }) => outcome === 'executed');
    const { rows } = await database.knex.raw<{ rows: Pick<DecisionRow, 'invoice' | 'step' | 'action'>[] }>(
      `SELECT i.external_id AS invoice, d.step, d.action FROM decisions d JOIN invoices i ON i.id = d.invoice_id WHERE d.outcome = 'executed' AND i.external_id <> 'INV-A'`);
    const told = (list: readonly Pick<DecisionRow, 'invoice' | 'step' | 'action'>[]): string[] => list.map(({ invoice, step, action }) => `${invoice} ${step} ${action}`).sort();
    expect(told(rows)).toEqual(told(simulated));
  });

  test('ten years on: no rate is on record, so nothing is guessed, and a person is asked', async () => {
    await day('2036-02-02');
    await day('2036-02-02');
    expect(await database.knex('charges').count()).toEqual([{ count: 2 }]);
    const tasks = await database.knex('tasks').orderBy('key').select('queue', 'title', 'instructions') as { queue: string; title: string; instructions: string }[];
    expect(tasks.map(({ queue, title }) => `${queue}: ${title}`)).toEqual(['Collections: Charge interest on INV-C by hand', 'Collections: Charge interest on INV-D by hand']);
    expect(tasks[0]?.instructions).toMatch(/^test@1 asks for it\. No reference rate is on record/);
  });
});
