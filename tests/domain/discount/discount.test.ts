import fc from 'fast-check';
import { discountOn, discountStanding, offerExpiry, type DiscountOffer, type DiscountRule } from '../../../domain/discount/discount';

const twoPercent: DiscountRule = { kind: 'percent', rate: 20_000 };
const offer: DiscountOffer = { rule: twoPercent, baseMinor: 100_000, currency: 'USD', expiresAt: 0 };

test('2 % of 1,000.00: a payment of 980.00 in time meets it, one of 979.99 does not, and one of 1,000.00 needs none', () => {
  expect(discountStanding(offer, { openMinor: 2_000, creditedMinor: 0, paidInTimeMinor: 98_000 })).toEqual({ kind: 'met', creditMinor: 2_000 });
  expect(discountStanding(offer, { openMinor: 2_001, creditedMinor: 0, paidInTimeMinor: 97_999 })).toEqual({ kind: 'offered', discountMinor: 2_000, missingMinor: 1 });
  expect(discountStanding(offer, { openMinor: 500, creditedMinor: 0, paidInTimeMinor: 99_500 })).toEqual({ kind: 'met', creditMinor: 500 });
  expect(discountStanding(offer, { openMinor: 0, creditedMinor: 0, paidInTimeMinor: 100_000 })).toEqual({ kind: 'settled' });
});

test('money that came too late counts for nothing', () => {
  expect(discountStanding(offer, { openMinor: 2_000, creditedMinor: 0, paidInTimeMinor: 0 })).toEqual({ kind: 'offered', discountMinor: 2_000, missingMinor: 98_000 });
});

test('a credit note lowers what is to be paid and what is taken off', () => {
  expect(discountStanding(offer, { openMinor: 1_000, creditedMinor: 50_000, paidInTimeMinor: 49_000 })).toEqual({ kind: 'met', creditMinor: 1_000 });
  expect(discountStanding(offer, { openMinor: 2_000, creditedMinor: 50_000, paidInTimeMinor: 48_000 })).toMatchObject({ kind: 'offered', discountMinor: 1_000 });
});

test('an older payment that bounced is not taken off', () => {
  expect(discountStanding(offer, { openMinor: 42_000, creditedMinor: 0, paidInTimeMinor: 98_000 })).toMatchObject({ kind: 'offered' });
});

test('an offer ends with its last day where the customer is, also when the clocks change', () => {
  expect(new Date(offerExpiry('2026-03-20', 10, 'Europe/Berlin')).toISOString()).toBe('2026-03-30T22:00:00.000Z');
  expect(new Date(offerExpiry('2026-03-20', 0, 'Asia/Tokyo')).toISOString()).toBe('2026-03-20T15:00:00.000Z');
});

test('what is taken off is never more than was offered, never the whole, and with what was paid and credited makes the invoice', () => {
  const rule = fc.oneof(
    fc.record({ kind: fc.constant('percent' as const), rate: fc.integer({ min: 1, max: 1_000_000 }) }),
    fc.record({ kind: fc.constant('fixed' as const), amountMinor: fc.integer({ min: 1, max: 10 ** 9 }), currency: fc.constant('USD') }),
  );
  fc.assert(fc.property(rule, fc.integer({ min: 1, max: 10 ** 9 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1.2, noNaN: true }), (made, baseMinor, creditedShare, paidShare) => {
    const creditedMinor = Math.floor(baseMinor * creditedShare);
    const paidInTimeMinor = Math.floor(Math.min(1, paidShare) * (baseMinor - creditedMinor));
    const openMinor = baseMinor - creditedMinor - paidInTimeMinor;
    const standing = discountStanding({ rule: made, baseMinor, currency: 'USD', expiresAt: 0 }, { openMinor, creditedMinor, paidInTimeMinor });
    const worth = discountOn(made, baseMinor - creditedMinor, 'USD');
    expect(worth).toBeLessThan(Math.max(1, baseMinor - creditedMinor));
    if (standing.kind === 'met') {
      expect(standing.creditMinor).toBeLessThanOrEqual(worth);
      expect(standing.creditMinor).toBe(openMinor);
      expect(paidInTimeMinor).toBeGreaterThan(0);
    } else if (standing.kind === 'offered') {
      // So much more, and no less, would meet it.
      const paid = paidInTimeMinor + standing.missingMinor;
      const met = discountStanding({ rule: made, baseMinor, currency: 'USD', expiresAt: 0 }, { openMinor: openMinor - standing.missingMinor, creditedMinor, paidInTimeMinor: paid });
      if (worth > 0) expect(met.kind === 'met' || met.kind === 'settled').toBe(true);
    } else expect(openMinor).toBe(0);
  }));
});
