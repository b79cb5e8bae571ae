import { systemActor } from '../../../db/audit';
import { readClock } from '../../../db/clock/clock';
import { openDispute, resolveDispute } from '../../../db/disputes';
import { recordPayments, reversePayments, upsertCustomers, upsertInvoices, type LedgerContext } from '../../../db/ledger';
import { recordPromise } from '../../../db/promises';
import { decisionsOf, line, startDeployment, type Deployment } from '../../collection/deployment';

jest.setTimeout(300_000);

describe('promises and disputes that the running system lives through', () => {
  let deployment: Deployment;
  const context = async (): Promise<LedgerContext> => ({ actor: systemActor, at: new Date((await readClock(deployment.knex)).now) });
  const states = async (): Promise<string[]> => (await deployment.knex.raw<{ rows: { state: string }[] }>('SELECT state FROM promises ORDER BY id')).rows.map(({ state }) => state);
  const events = async (): Promise<string[]> => (await deployment.knex.raw<{ rows: { kind: string }[] }>(`SELECT kind FROM events WHERE kind LIKE 'promise.%' OR kind LIKE 'dispute.%' ORDER BY id`)).rows.map(({ kind }) => kind);

  beforeEach(async () => {
    deployment = await startDeployment({ startsAt: '2026-03-02T09:00:00Z' });
    const at = await context();
    await upsertCustomers(deployment.knex, at, [{ externalId: 'C-1', name: 'Ada', timeZone: 'Europe/Berlin', country: 'DE', contacts: [{ role: 'billing', email: 'ada@example.com' }] }]);
    // Due on 2026-03-16; reminded then, a week later, and called after two.
    await upsertInvoices(deployment.knex, at, [{ externalId: 'I-1', customerExternalId: 'C-1', issuedOn: '2026-03-02', dueOn: '2026-03-16', currency: 'EUR', totalMinor: 100_000 }]);
  });
  afterEach(() => deployment.stop());

  test('day 7: promised for Good Friday; broken at its end, and the call is made on the Tuesday after Easter', async () => {
    const { knex } = deployment;
    await deployment.advanceTo('2026-03-20T12:00:00Z');
    await recordPromise(knex, await context(), { externalId: 'P-1', customerExternalId: 'C-1', currency: 'EUR', promisedOn: '2026-04-03', source: 'call' });
    await deployment.advanceTo('2026-04-03T21:59:00Z');
    expect(await states()).toEqual(['pending']);
    await deployment.advanceTo('2026-04-03T22:00:00Z');
    expect(await states()).toEqual(['broken']);
    expect(await events()).toEqual(['promise.made', 'promise.broken']);
    await deployment.advanceTo('2026-04-08T12:00:00Z');
    expect((await decisionsOf(knex, 'I-1')).map(line).filter((each) => each.includes('overdue-7') || each.includes('call-14'))).toEqual([
      '2026-03-23 overdue-7 email deferred (promised)', '2026-03-30 call-14 task deferred (promised)', '2026-04-07 overdue-7 email skipped (collapsed)', '2026-04-07 call-14 task executed (due)',
    ]);
  });

  test('day 8: the promise is kept; the payment is taken back, and the promise is broken after all', async () => {
    const { knex } = deployment;
    await deployment.advanceTo('2026-03-20T12:00:00Z');
    await recordPromise(knex, await context(), { externalId: 'P-1', customerExternalId: 'C-1', currency: 'EUR', promisedOn: '2026-03-25', source: 'reply' });
    await deployment.advanceTo('2026-03-24T12:00:00Z');
    await recordPayments(knex, await context(), [{ externalId: 'Y-1', invoiceExternalId: 'I-1', currency: 'EUR', amountMinor: 100_000, receivedAt: '2026-03-24' }]);
    await deployment.settle();
    expect(await states()).toEqual(['kept']);
    await deployment.advanceTo('2026-03-27T12:00:00Z');
    await reversePayments(knex, await context(), [{ externalId: 'Y-1', reason: 'no funds' }]);
    await deployment.settle();
    expect(await states()).toEqual(['broken']);
    expect((await decisionsOf(knex, 'I-1')).map(line).at(-1)).toBe('2026-03-27 overdue-7 email executed (due)');
  });

  test('day 10: half is disputed, nobody resolves it in time, and a task says so; the rest is reminded of, and says what it leaves out', async () => {
    const { knex } = deployment;
    await deployment.advanceTo('2026-03-18T12:00:00Z');
    const { disputeId } = await openDispute(knex, await context(), { externalId: 'D-1', invoiceExternalId: 'I-1', amountMinor: 40_000, reason: 'quality', source: 'call', deadlineOn: '2026-03-25' });
    await deployment.advanceTo('2026-03-25T23:00:00Z');
    const { rows: tasks } = await knex.raw<{ rows: { key: string; queue: string }[] }>(`SELECT key, queue FROM tasks WHERE key LIKE 'dispute/%'`);
    expect(tasks).toEqual([{ key: 'dispute/D-1/deadline', queue: 'Collections' }]);
    expect((await decisionsOf(knex, 'I-1')).map(line)).toContain('2026-03-23 overdue-7 email executed (due)');
    const { rows: mails } = await knex.raw<{ rows: { body_text: string }[] }>(`SELECT body_text FROM messages WHERE template = 'overdue-7'`);
    expect(mails[0]?.body_text).toContain('€600.00');
    expect(mails[0]?.body_text).toContain('leave out €400.00 that you dispute');
    await knex.transaction(async (trx) => resolveDispute(trx, await context(), disputeId!, { kind: 'split', creditMinor: 10_000 }, 'agreed on the phone'));
    await deployment.settle();
    const { rows: [invoice] } = await knex.raw<{ rows: { open_minor: number }[] }>('SELECT open_minor FROM invoices');
    expect(invoice?.open_minor).toBe(90_000);
    expect(await events()).toEqual(['dispute.opened', 'dispute.resolved']);
  });
});
