import { systemActor } from '../../../db/audit';
import { openDispute, resolveDispute } from '../../../db/disputes';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const context = { actor: systemActor, at: new Date('2026-03-20T12:00:00Z') };
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.destroy());

test('disputes whose ids are as long as ids may be, and differ at the end only, are credited each on its own; short ones as ever', async () => {
  const { knex } = database;
  await upsertCustomers(knex, context, [{ externalId: 'C', name: 'C', timeZone: 'UTC' }]);
  const ids = [...['1', '2'].map((end) => 'd'.repeat(199) + end), 'e'.repeat(192), 'short'];
  await upsertInvoices(knex, context, ids.map((_id, index) => ({ externalId: `I-${index}`, customerExternalId: 'C', issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: 'EUR', totalMinor: 100_00 })));
  for (const [index, externalId] of ids.entries()) {
    const opened = await knex.transaction((trx) => openDispute(trx, context, { externalId, invoiceExternalId: `I-${index}`, amountMinor: 10_00 + index, reason: 'price', source: 'api' }));
    expect(opened.status).toBe('created');
    await knex.transaction((trx) => resolveDispute(trx, context, opened.disputeId!, { kind: 'valid' }, 'right'));
  }
  const notes = await knex('disputes').join('credit_notes', 'credit_notes.id', 'disputes.credit_note_id').orderBy('disputes.id').select<{ external_id: string; amount_minor: number }[]>('credit_notes.external_id', 'credit_notes.amount_minor');
  expect(notes.map(({ amount_minor }) => amount_minor)).toEqual([10_00, 10_01, 10_02, 10_03]);
  expect(notes.map(({ external_id }) => external_id.length <= 200)).toEqual([true, true, true, true]);
  expect(notes.slice(2).map(({ external_id }) => external_id)).toEqual([`dispute/${'e'.repeat(192)}`, 'dispute/short']);
});
