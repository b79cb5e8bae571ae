import { recipientCalendar } from '../../../domain/calendar/sendingCalendar';
import { arbitrateContact, type ContactRequest } from '../../../domain/contact/arbitrate';
import { ladder, invoice, run, tell } from '../collection/story';

const policy = ladder('- { id: first, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }');
const place = { timeZone: 'UTC', country: null, region: null };
const calendar = recipientCalendar(policy.calendar, place);

function ask(now: string, contactsOn: string[], changes: Partial<ContactRequest> = {}) {
  return arbitrateContact({
    customer: { reach: { kind: 'reachable' }, timeZone: 'UTC', contactsOn }, rules: { minimumDaysBetween: 0, merge: 'same-day', caps: [{ messages: 2, per: 'week' }] },
    calendar, now: Date.parse(now), atMinute: null, exempt: false, ...changes,
  });
}

describe('two messages a week', () => {
  test.each([
    ['one message within the week leaves room for another', '2026-02-05T10:00:00Z', ['2026-02-04'], { kind: 'now' }],
    ['the second has the week closed until seven days after the first', '2026-02-05T10:00:00Z', ['2026-02-04', '2026-02-02'], {
      kind: 'later', code: 'cap', until: Date.parse('2026-02-09T09:00:00Z'), reason: 'the customer was contacted 2 times since 2026-02-02, and 2 a week are allowed',
    }],
    ['the seventh day is allowed', '2026-02-09T09:00:00Z', ['2026-02-04', '2026-02-02'], { kind: 'now' }],
    ['two of one day count as two', '2026-02-08T16:59:00Z', ['2026-02-02', '2026-02-02'], expect.objectContaining({ kind: 'later', code: 'cap' })],
    ['the window comes after the count', '2026-02-09T08:00:00Z', ['2026-02-04', '2026-02-02'], { kind: 'later', code: 'window', reason: 'the send window is closed', until: Date.parse('2026-02-09T09:00:00Z') }],
  ])('%s', (_name, now, contactsOn, expected) => {
    expect(ask(now, contactsOn)).toEqual(expected);
  });

  test('of spacing and a cap the one that holds longer is told', () => {
    const spaced = ask('2026-02-05T10:00:00Z', ['2026-02-04', '2026-02-02'], { rules: { minimumDaysBetween: 14, merge: 'same-day', caps: [{ messages: 2, per: 'week' }] } });
    expect(spaced).toMatchObject({ code: 'spacing', until: Date.parse('2026-02-18T09:00:00Z') });
  });

  test('what is exempt is held back by nothing but the window and the want of an address', () => {
    expect(ask('2026-02-05T10:00:00Z', ['2026-02-04', '2026-02-02'], { exempt: true })).toEqual({ kind: 'now' });
    expect(ask('2026-02-05T10:00:00Z', [], { exempt: true, customer: { reach: { kind: 'unreachable', why: 'do-not-contact' }, timeZone: 'UTC', contactsOn: [] } }))
      .toEqual({ kind: 'never', code: 'do-not-contact', reason: 'the customer asked not to be contacted' });
  });
});

describe('caps in a ladder', () => {
  const perInvoice = ladder('- { id: first, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }');
  const capped = { ...perInvoice, contact: { minimumDaysBetween: 0, merge: 'per-invoice' as const, caps: [{ messages: 2, per: 'week' as const }] } };

  test('day 8: three invoices have an email each, and the third waits a week', () => {
    expect(tell({ policy: capped, invoices: ['a', 'b', 'c'].map((id) => invoice(id, '2026-01-05', '2026-02-01')), to: '2026-02-20' })).toEqual([
      '2026-02-08 a first email executed', '2026-02-08 b first email executed', '2026-02-08 c first email deferred', '2026-02-15 c first email executed',
    ]);
  });

  test('the reason says what was counted', () => {
    const rows = run({ policy: capped, invoices: ['a', 'b', 'c'].map((id) => invoice(id, '2026-01-05', '2026-02-01')), to: '2026-02-20' });
    expect(rows.find(({ outcome }) => outcome === 'deferred')?.reason).toBe('the customer was contacted 2 times since 2026-02-08, and 2 a week are allowed');
  });
});
