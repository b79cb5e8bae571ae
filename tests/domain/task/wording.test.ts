import { unknownPlaceholders, wordTask, type TaskSubject } from '../../../domain/task/wording';

const subject: TaskSubject = {
  customer: { name: 'Brauer GmbH', externalId: 'C-2', owner: null },
  invoice: { number: 'INV-3', openMinor: 310_000, currency: 'EUR', dueOn: '2026-02-16' },
  today: '2026-03-02',
};

describe('the words of a task', () => {
  test('hold what the task is about, in money with its currency', () => {
    expect(wordTask('Call {customer} about {invoice}: {open}, {daysOverdue} days overdue since {dueOn}', subject))
      .toBe('Call Brauer GmbH about INV-3: 3100.00 EUR, 14 days overdue since 2026-02-16');
  });

  test('what is missing leaves no gap, and braces that are no field stay', () => {
    expect(wordTask('Call {customer} {owner} about {invoice} {thing}', { ...subject, invoice: null })).toBe('Call Brauer GmbH about {thing}');
  });

  test('what a customer is called is put in as it is, once: it is no template', () => {
    expect(wordTask('Call {customer}', { ...subject, customer: { name: '{invoice} $& $1', externalId: 'x', owner: null } })).toBe('Call {invoice} $& $1');
  });

  test('an unknown field is named with what was meant', () => {
    expect(unknownPlaceholders('Call {custommer} and {customer} about {nothing}')).toEqual(['{custommer} is no field of a task, did you mean "customer"?', '{nothing} is no field of a task']);
  });
});
