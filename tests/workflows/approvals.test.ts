import { answerApproval, requestWriteOff, settleWriteOffRequests } from '../../db/approvals';
import { systemActor } from '../../db/audit/actor';
import { readDecisionRows } from '../../db/collection/decisionRows';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../db/ledger';
import { publishPolicy } from '../../db/policies';
import { addDays, dayNumber, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt, startOfDay } from '../../domain/calendar/zones';
import { printPolicy } from '../../domain/policy/printPolicy';
import { ladder } from '../domain/collection/story';
import { startRealTime, type RealTime } from './realTime';

jest.setTimeout(600_000);

const hourMs = 3_600_000;
const policy = ladder(`
- { id: hold-10, anchor: due, offset: { days: 10 }, when: { field: invoice.balance, op: ">", value: { USD: "500.00" } }, actions: [{ hold: { approval: { timeoutDays: 5, onTimeout: escalate } } }] }
- { id: handoff-12, anchor: due, offset: { days: 12 }, when: { field: invoice.balance, op: ">", value: { USD: "500.00" } }, actions: [{ handoff: { approval: { timeoutDays: 4, onTimeout: skip } } }] }
`);

/* The gates before a hold, a hand-off and a write-off, lived through on the timers of workflows: nobody looks, the time passes. */
describe('what waits for somebody to agree, on real timers', () => {
  let time: RealTime;
  let first: LocalDate;
  const day = (number: number): LocalDate => addDays(first, number);
  const passTo = (number: number): Promise<void> => time.passTo(startOfDay(dayNumber(day(number)), 'UTC') + 10 * hourMs);
  const context = async () => ({ actor: systemActor, at: new Date(await time.now()) });
  const told = async (invoice: string): Promise<string[]> => (await readDecisionRows(time.knex)).filter((row) => row.invoice === invoice)
    .map(({ on, step, outcome, reason }) => `day ${dayNumber(on) - dayNumber(first)} ${step} ${outcome}: ${reason.replace(/, until .*/, '')}`);
  const approval = async (invoice: string, kind: string): Promise<{ id: number; state: string; role: string }> =>
    (await time.knex.raw<{ rows: { id: number; state: string; role: string }[] }>('SELECT a.id, a.state, a.role FROM approvals a JOIN invoices i ON i.id = a.invoice_id WHERE i.external_id = ? AND a.kind = ? ORDER BY a.id DESC LIMIT 1', [invoice, kind])).rows[0]!;
  const answer = async (invoice: string, kind: string): Promise<void> => {
    const { id } = await approval(invoice, kind);
    const at = new Date(await time.now());
    await time.knex.transaction((trx) => answerApproval(trx, id, { approved: true, reason: null, actor: { kind: 'user', id: '1', name: 'Mia' }, isAdmin: true, at }));
    await time.settled();
  };
  const pay = async (invoice: string, amountMinor: number): Promise<void> => {
    const { actor, at } = await context();
    await recordPayments(time.knex, { actor, at }, [{ externalId: `P-${invoice}`, invoiceExternalId: invoice, receivedAt: at.toISOString(), currency: 'USD', amountMinor }]);
    await time.settled();
  };

  beforeAll(async () => {
    time = await startRealTime();
    await time.knex.transaction((trx) => publishPolicy(trx, { policy, source: printPolicy(policy), actor: systemActor }));
    first = addDays(localDateAt(await time.now(), 'UTC'), 1);
    await time.passTo(startOfDay(dayNumber(first), 'UTC'));
    await upsertCustomers(time.knex, await context(), ['SILENT', 'PAYS', 'AGREED'].map((externalId) => ({ externalId, name: externalId, timeZone: 'UTC', contacts: [{ role: 'billing' as const, email: 'a@example.com' }] })));
    await upsertInvoices(time.knex, await context(), ['SILENT', 'PAYS', 'AGREED'].map((externalId) => ({ externalId, customerExternalId: externalId, issuedOn: first, dueOn: first, currency: 'USD', totalMinor: 100_000 })));
  });
  afterAll(() => time?.stop());

  test('day 10 to 20, a hold: asked, an administrator after five days, left out after five more; the steps after it did not wait', async () => {
    await passTo(13);
    // Approved, but the ledger is looked at again: by then the balance is at the threshold, and nothing is held.
    await pay('PAYS', 50_000);
    await answer('AGREED', 'hold');
    await passTo(14);
    await answer('AGREED', 'handoff');
    await passTo(21);
    expect((await told('SILENT')).filter((line) => line.includes('hold-10'))).toEqual([
      'day 10 hold-10 deferred: awaits the approval of a credit manager', 'day 15 hold-10 deferred: nobody answered within 5 days: awaits the approval of an administrator',
      'day 20 hold-10 skipped: nobody answered within 5 days, an administrator neither: it is left out',
    ]);
    expect(await approval('SILENT', 'hold')).toMatchObject({ state: 'timed-out', role: 'admin' });
  });

  test('day 12 to 16, a hand-off: asked, and left out when its time is over', async () => {
    expect((await told('SILENT')).filter((line) => line.includes('handoff'))).toEqual(['day 12 handoff-12 deferred: awaits the approval of a credit manager', 'day 16 handoff-12 skipped: nobody answered within 4 days: it is left out']);
  });

  test('day 13: paid down to the threshold, hold and hand-off are withdrawn by themselves', async () => {
    expect((await told('PAYS')).slice(-2)).toEqual(expect.arrayContaining(['day 13 hold-10 suppressed: balance 500.00 USD is not over 500.00 USD', 'day 13 handoff-12 suppressed: balance 500.00 USD is not over 500.00 USD']));
    expect([(await approval('PAYS', 'hold')).state, (await approval('PAYS', 'handoff')).state]).toEqual(['withdrawn', 'withdrawn']);
  });

  test('day 13 and 14: agreed, both are done, and a payment that comes later releases the hold', async () => {
    expect((await told('AGREED')).filter((line) => line.includes('executed'))).toEqual(['day 13 hold-10 executed: approved by Mia', 'day 14 handoff-12 executed: approved by Mia']);
    await pay('AGREED', 50_000);
    expect((await told('AGREED')).at(-1)).toBe('day 21 hold-10 executed: released: balance 500.00 USD is not over 500.00 USD');
  });

  test('day 21 to 29, a write-off: an administrator is asked after four days, and after four more nothing is written off', async () => {
    const { id } = await time.knex('invoices').where({ external_id: 'SILENT' }).first('id') as { id: number };
    const at = new Date(await time.now());
    await time.knex.transaction((trx) => requestWriteOff(trx, { kind: 'user', id: '1', name: 'Mia' }, id, { reason: 'insolvent', timeoutDays: 4 }, at));
    const states: string[] = [];
    for (const number of [24, 25, 28, 29]) {
      await passTo(number);
      await settleWriteOffRequests(time.knex, await time.now());
      const { state, role } = await approval('SILENT', 'write-off');
      states.push(`day ${number} ${state} ${role}`);
    }
    expect(states).toEqual(['day 24 pending credit-manager', 'day 25 pending admin', 'day 28 pending admin', 'day 29 timed-out admin']);
    expect(await time.knex('invoices').where({ external_id: 'SILENT' }).first('open_minor')).toEqual({ open_minor: 100_000 });
  });
});
