import { upsertCustomers, upsertInvoices, recordPayments } from '../../db/ledger';
import { systemActor } from '../../db/audit/actor';
import { readClock } from '../../db/clock/clock';
import { decisionsOf, line, startDeployment, type Deployment } from '../collection/deployment';

describe('an invoice on the manual clock', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await startDeployment({ startsAt: '2026-01-05T00:00:00Z' });
  }, 120_000);
  afterAll(() => deployment?.stop());

  const context = async () => ({ actor: systemActor, at: new Date((await readClock(deployment.knex)).now) });

  test('day 0: the invoice is delivered; day 14: its due email goes out; day 17: a payment stops it, and nothing further is sent', async () => {
    const { knex } = deployment;
    await upsertCustomers(knex, await context(), [{ externalId: 'C-1', name: 'Ada', contacts: [{ role: 'billing', email: 'ada@example.com' }] }]);
    await upsertInvoices(knex, await context(), [{ externalId: 'INV-1', customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: 100_000 }]);
    await deployment.advanceTo('2026-01-22T00:00:00Z');
    expect((await decisionsOf(knex, 'INV-1')).map(line)).toEqual([
      '2026-01-05 deliver email executed (due)',
      '2026-01-19 due email executed (due)',
    ]);

    await recordPayments(knex, await context(), [{ externalId: 'P-1', invoiceExternalId: 'INV-1', receivedAt: '2026-01-22', currency: 'USD', amountMinor: 100_000 }]);
    await deployment.advanceTo('2026-08-01T00:00:00Z');
    const after = (await decisionsOf(knex, 'INV-1')).slice(2);
    expect(new Set(after.map(({ on, outcome, reason }) => `${on} ${outcome} (${reason})`))).toEqual(new Set(['2026-01-22 suppressed (settled)']));
    const { rows } = await knex.raw<{ rows: { state: string }[] }>('SELECT state FROM messages ORDER BY queued_at');
    expect(rows.map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });
});
