import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { startManualClock } from '../../../db/clock/clock';
import { openDispute } from '../../../db/disputes';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readPromiseStandings, recordPromise, withdrawPromise } from '../../../db/promises';
import { promiseState } from '../../../domain/promise/promise';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

describe('promises and disputes, as they are recorded', () => {
  let database: FreshDatabase;
  let knex: Knex;
  const context = { actor: systemActor, at: new Date('2026-03-10T12:00:00Z') };

  beforeEach(async () => {
    database = await freshDatabase();
    knex = database.knex;
    await startManualClock(knex, context.at.getTime());
    await upsertCustomers(knex, context, [{ externalId: 'C-1', name: 'Ada', timeZone: 'America/New_York' }]);
    await upsertInvoices(knex, context, [
      { externalId: 'I-1', customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-02-04', currency: 'USD', totalMinor: 300 },
      { externalId: 'I-2', customerExternalId: 'C-1', issuedOn: '2026-01-06', dueOn: '2026-02-05', currency: 'USD', totalMinor: 500 },
    ]);
  });
  afterEach(() => database.destroy());

  const promise = { externalId: 'P-1', customerExternalId: 'C-1', currency: 'USD', amountMinor: 400, promisedOn: '2026-03-12', source: 'call' } as const;
  const states = async (): Promise<string[]> => (await knex.raw<{ rows: { state: string }[] }>('SELECT state FROM promises ORDER BY id')).rows.map(({ state }) => state);
  const standing = async (at: string): Promise<string[]> => (await readPromiseStandings(knex, (await knex<{ id: number }>('customers').pluck('id')))).map((each) => promiseState(each, Date.parse(at)));

  test('falls on the oldest due invoices first, until the end of the day in New York', async () => {
    expect(await recordPromise(knex, context, promise)).toMatchObject({ status: 'created', amountMinor: 400 });
    const { rows } = await knex.raw<{ rows: object[] }>('SELECT i.external_id, l.amount_minor FROM promise_invoices l JOIN invoices i ON i.id = l.invoice_id ORDER BY 1');
    expect(rows).toEqual([{ external_id: 'I-1', amount_minor: 300 }, { external_id: 'I-2', amount_minor: 100 }]);
    expect((await knex.raw<{ rows: { ends_at: Date }[] }>('SELECT ends_at FROM promises')).rows[0]?.ends_at.toISOString()).toBe('2026-03-13T04:00:00.000Z');
    expect(await standing('2026-03-13T03:59:59Z')).toEqual(['pending']);
    expect(await standing('2026-03-13T04:00:00Z')).toEqual(['broken']);
  });

  test('again: unchanged; with another amount: refused', async () => {
    await recordPromise(knex, context, promise);
    expect(await recordPromise(knex, context, promise)).toMatchObject({ status: 'unchanged' });
    expect(await recordPromise(knex, context, { ...promise, amountMinor: 401 })).toMatchObject({ status: 'refused', errors: [{ field: 'external_id' }] });
    expect(await states()).toEqual(['pending']);
  });

  test('what is disputed cannot be promised, nor more than is open, nor for yesterday', async () => {
    expect(await openDispute(knex, context, { externalId: 'D-1', invoiceExternalId: 'I-1', amountMinor: 100, reason: 'price', source: 'call' })).toMatchObject({ status: 'created' });
    expect(await recordPromise(knex, context, { ...promise, amountMinor: 701 })).toMatchObject({ status: 'refused', errors: [{ field: 'amount' }] });
    expect(await recordPromise(knex, context, { ...promise, amountMinor: 700 })).toMatchObject({ status: 'created' });
    expect(await recordPromise(knex, context, { ...promise, externalId: 'P-2', promisedOn: '2026-03-09' })).toMatchObject({ status: 'refused', errors: [{ field: 'promised_on' }] });
    expect(await openDispute(knex, context, { externalId: 'D-2', invoiceExternalId: 'I-1', amountMinor: 201, reason: 'price', source: 'call' })).toMatchObject({ status: 'refused', errors: [{ field: 'amount' }] });
    expect(await openDispute(knex, context, { externalId: 'D-2', invoiceExternalId: 'I-1', reason: 'quality', source: 'call' })).toMatchObject({ status: 'created', amountMinor: 200 });
  });

  test('a later promise takes over its invoices; the earlier one goes on for the others', async () => {
    await recordPromise(knex, context, promise);
    await recordPromise(knex, context, { ...promise, externalId: 'P-2', invoiceExternalIds: ['I-1'], amountMinor: 300, promisedOn: '2026-03-20' });
    expect(await states()).toEqual(['pending', 'pending']);
    await recordPayments(knex, context, [{ externalId: 'Y-1', invoiceExternalId: 'I-2', currency: 'USD', amountMinor: 100, receivedAt: '2026-03-11' }]);
    expect(await standing('2026-03-13T04:00:00Z')).toEqual(['kept', 'pending']);
    await recordPromise(knex, context, { ...promise, externalId: 'P-3', promisedOn: '2026-03-21' });
    expect(await states()).toEqual(['superseded', 'superseded', 'pending']);
  });

  test('a promise withdrawn is over, once', async () => {
    await recordPromise(knex, context, promise);
    const { rows: [row] } = await knex.raw<{ rows: { id: number }[] }>('SELECT id FROM promises');
    expect(await knex.transaction((trx) => withdrawPromise(trx, context, row!.id, 'a slip'))).toBe('withdrawn');
    expect(await knex.transaction((trx) => withdrawPromise(trx, context, row!.id, 'a slip'))).toBe('over');
  });
});
