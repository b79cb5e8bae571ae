import fc from 'fast-check';
import { silenceOn } from '../../../domain/collection/silence';
import { creditOn, creditsOf } from '../../../domain/collection/unapplied';
import { conditionFacts } from '../condition/facts';

const now = Date.parse('2026-03-10T10:00:00Z');
const { customer, invoice } = conditionFacts({ invoice: { openMinor: 100, creditMinor: 0, promisedMinor: 0, disputedMinor: 0 } });
const said = (changes: Partial<typeof invoice>, expected = false): string | null => silenceOn(customer, { ...invoice, ...changes }, now, expected)?.code ?? null;

test('an invoice is mentioned as long as a cent of it may be asked for', () => {
  expect(said({})).toBeNull();
  expect(said({ creditMinor: 30, promisedMinor: 30, disputedMinor: 39 })).toBeNull();
  expect(said({ creditMinor: 100 })).toBe('unapplied-cash');
  expect(said({ promisedMinor: 100 })).toBe('promised');
  expect(said({ disputedMinor: 100 })).toBe('disputed');
  expect(said({ creditMinor: 50, promisedMinor: 50 })).toBe('promised');
  expect(said({ creditMinor: 50, disputedMinor: 50 })).toBe('disputed');
});

test('what the customer expects goes out where money in hand covers it, and not where it is disputed or paid', () => {
  expect(said({ creditMinor: 100 }, true)).toBeNull();
  expect(said({ disputedMinor: 100 }, true)).toBe('disputed');
  expect(said({ openMinor: 0 }, true)).toBe('settled');
});

test('of a pause of the invoice and one of the customer the longer counts, and one that is over does not', () => {
  const control = { ...invoice.control, pause: { until: now + 2 } };
  expect(silenceOn({ pause: { until: now + 1 } }, { ...invoice, control }, now)).toMatchObject({ code: 'paused', until: now + 2 });
  expect(silenceOn({ pause: { until: null } }, { ...invoice, control }, now)).toMatchObject({ until: null });
  expect(silenceOn({ pause: { until: now } }, invoice, now)).toBeNull();
});

test('money in hand covers each invoice once, the oldest due first, whichever of them is asked about', () => {
  const open = fc.uniqueArray(fc.record({ externalId: fc.string({ minLength: 1, maxLength: 3 }), dueOn: fc.constantFrom('2026-01-01', '2026-01-02', '2026-02-01'), openMinor: fc.integer({ min: 1, max: 50 }) }), { selector: ({ externalId }) => externalId, maxLength: 8 });
  fc.assert(fc.property(open, fc.integer({ min: 0, max: 300 }), (invoices, unapplied) => {
    const credits = creditsOf(invoices, unapplied);
    for (const each of invoices) expect(creditOn(each, invoices, unapplied)).toBe(credits.get(each.externalId) ?? 0);
    const owed = invoices.reduce((sum, { openMinor }) => sum + openMinor, 0);
    expect([...credits.values()].reduce((sum, minor) => sum + minor, 0)).toBe(Math.min(owed, unapplied));
  }));
});
