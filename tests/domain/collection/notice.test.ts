import { customer, invoice, ladder, payment, run, tell } from './story';

const steps = `
- { id: remind, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }
- { id: warn, anchor: due, offset: { days: 14 }, actions: [{ email: { template: overdue-14 } }] }
- { id: hold, anchor: due, offset: { days: 21 }, actions: [{ hold: {} }] }`;
const policy = ladder(steps, 'minimumNoticeDays: 7');

describe('minimum notice', () => {
  test('an invoice that is on time climbs as it always did', () => {
    expect(tell({ policy, invoices: [invoice('a', '2026-01-05', '2026-02-01')] })).toEqual(tell({ policy: ladder(steps), invoices: [invoice('a', '2026-01-05', '2026-02-01')] }));
  });

  test('day 40: the oldest invoice is paid and the next one, as old, was never reminded: it is warned with its notice before it is held', () => {
    const rows = tell({
      policy, invoices: [invoice('oldest', '2025-11-01', '2025-12-01'), invoice('next', '2025-11-05', '2025-12-05')],
      payments: [payment('oldest', '2026-01-10')], from: '2026-01-10', to: '2026-03-01',
    });
    expect(rows.filter((row) => row.includes('next'))).toEqual([
      '2026-01-10 next remind email executed', '2026-01-10 next warn email deferred', '2026-01-17 next warn email executed', '2026-01-17 next hold hold deferred', '2026-01-24 next hold hold executed',
    ]);
  });

  test('without minimum notice the same invoice would be held at once', () => {
    expect(tell({ policy: ladder(steps), invoices: [invoice('next', '2025-11-05', '2025-12-05')], from: '2026-01-10', to: '2026-01-10' }))
      .toEqual(['2026-01-10 next remind email skipped', '2026-01-10 next warn email skipped', '2026-01-10 next hold hold executed']);
  });

  test('the reason says which notice runs, and until when', () => {
    expect(run({ policy, invoices: [invoice('next', '2025-11-05', '2025-12-05')], from: '2026-01-10', to: '2026-01-10' })[1]?.reason).toBe('notice was given by remind, and runs until 2026-01-17');
  });

  test('who cannot be reached was given no notice, so nothing is held', () => {
    const rows = run({ policy, customers: [customer('acme', { contacts: [] })], invoices: [invoice('a', '2026-01-05', '2026-02-01')] });
    expect(rows.map((row) => `${row.on} ${row.step} ${row.outcome}: ${row.reason}`)).toEqual([
      '2026-02-08 remind suppressed: the customer has no email address',
      '2026-02-15 warn suppressed: remind, the level before, was not executed, so no notice was given',
      '2026-02-22 hold suppressed: warn, the level before, was not executed, so no notice was given',
    ]);
  });

  test('a step of its own rule: the task needs no notice', () => {
    const mixed = ladder(`${steps}
- { id: call, anchor: due, offset: { days: 22 }, minimumNoticeDays: 0, actions: [{ task: { queue: Care, title: Call } }] }`, 'minimumNoticeDays: 7');
    expect(tell({ policy: mixed, invoices: [invoice('a', '2025-11-05', '2025-12-05')], from: '2026-01-10', to: '2026-01-10' }))
      .toEqual(['2026-01-10 a call task executed', '2026-01-10 a remind email executed', '2026-01-10 a warn email deferred']);
  });
});
