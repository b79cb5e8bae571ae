import fc from 'fast-check';
import { discountOn, discountStanding, discountToTell, offerExpiry, type DiscountFacts, type DiscountOffer, type DiscountRule } from '../../../domain/discount/discount';

const twoPercent: DiscountRule = { kind: 'percent', rate: 20_000 };
const offer: DiscountOffer = { rule: twoPercent, baseMinor: 100_000, currency: 'USD', expiresAt: 0 };

const standing = (facts: Partial<DiscountFacts> & { openMinor: number }, of = offer) => discountStanding(of, { disputedMinor: 0, creditedMinor: 0, honouredMinor: 0, paidInTimeMinor: 0, ...facts });

test('2 % of 1,000.00: a payment of 980.00 in time meets it, one of 979.99 does not, and one of 1,000.00 needs none', () => {
  expect(standing({ openMinor: 2_000, creditedMinor: 0, paidInTimeMinor: 98_000 })).toEqual({ kind: 'met', creditMinor: 2_000 });
  expect(standing({ openMinor: 2_001, creditedMinor: 0, paidInTimeMinor: 97_999 })).toEqual({ kind: 'offered', discountMinor: 2_000, missingMinor: 1 });
  expect(standing({ openMinor: 500, creditedMinor: 0, paidInTimeMinor: 99_500 })).toEqual({ kind: 'met', creditMinor: 500 });
  expect(standing({ openMinor: 0, creditedMinor: 0, paidInTimeMinor: 100_000 })).toEqual({ kind: 'settled' });
});

test('money that came too late counts for nothing', () => {
  expect(standing({ openMinor: 2_000, creditedMinor: 0, paidInTimeMinor: 0 })).toEqual({ kind: 'offered', discountMinor: 2_000, missingMinor: 98_000 });
});

test('a credit note lowers what is to be paid and what is taken off', () => {
  expect(standing({ openMinor: 1_000, creditedMinor: 50_000, paidInTimeMinor: 49_000 })).toEqual({ kind: 'met', creditMinor: 1_000 });
  expect(standing({ openMinor: 2_000, creditedMinor: 50_000, paidInTimeMinor: 48_000 })).toMatchObject({ kind: 'offered', discountMinor: 1_000 });
});

test('an older payment that bounced is not taken off', () => {
  expect(standing({ openMinor: 42_000, creditedMinor: 0, paidInTimeMinor: 98_000 })).toMatchObject({ kind: 'offered' });
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
    const of = { ...offer, rule: made, baseMinor };
    const now = standing({ openMinor, creditedMinor, paidInTimeMinor }, of);
    const worth = discountOn(made, baseMinor - creditedMinor, 'USD');
    expect(worth).toBeLessThan(Math.max(1, baseMinor - creditedMinor));
    if (now.kind === 'met') {
      expect(now.creditMinor).toBeLessThanOrEqual(worth);
      expect(now.creditMinor).toBe(openMinor);
      expect(paidInTimeMinor).toBeGreaterThan(0);
    } else if (now.kind === 'offered') {
      // So much more, and no less, would meet it.
      const paid = paidInTimeMinor + now.missingMinor;
      const met = standing({ openMinor: openMinor - now.missingMinor, creditedMinor, paidInTimeMinor: paid }, of);
      if (worth > 0) expect(met.kind === 'met' || met.kind === 'settled').toBe(true);
    } else expect(openMinor).toBe(0);
  }));
});

describe('a part is disputed while the offer holds', () => {
  const disputed = { disputedMinor: 40_000 };

  test('the rest less its discount meets it, and only what is undisputed is taken off', () => {
    expect(standing({ openMinor: 41_200, ...disputed, paidInTimeMinor: 58_800 })).toEqual({ kind: 'met', creditMinor: 1_200 });
    expect(standing({ openMinor: 41_201, ...disputed, paidInTimeMinor: 58_799 })).toEqual({ kind: 'offered', discountMinor: 1_200, missingMinor: 1 });
    expect(standing({ openMinor: 40_000, ...disputed, paidInTimeMinor: 60_000 })).toEqual({ kind: 'settled' });
    expect(standing({ openMinor: 100_000, disputedMinor: 100_000 })).toEqual({ kind: 'settled' });
    expect(discountToTell(offer, { openMinor: 100_000, ...disputed, creditedMinor: 0, honouredMinor: 0, paidInTimeMinor: 0 })).toBe(1_200);
  });

  test('owed after all: paid in time too, what is missing to the discount on the whole is taken off; paid too late, nothing more is', () => {
    const owed = { honouredMinor: 1_200, creditedMinor: 0 };
    expect(standing({ openMinor: 40_000, ...owed, paidInTimeMinor: 58_800 })).toEqual({ kind: 'offered', discountMinor: 800, missingMinor: 39_200 });
    expect(standing({ openMinor: 800, ...owed, paidInTimeMinor: 98_000 })).toEqual({ kind: 'met', creditMinor: 800 });
    expect(standing({ openMinor: 800, ...owed, paidInTimeMinor: 58_800 })).toMatchObject({ kind: 'offered', missingMinor: 39_200 });
  });

  test('credited: what was earned on the rest is all there is', () => {
    expect(standing({ openMinor: 5_000, honouredMinor: 1_200, creditedMinor: 35_000, paidInTimeMinor: 58_800 })).toEqual({ kind: 'offered', discountMinor: 100, missingMinor: 4_900 });
    expect(standing({ openMinor: 0, honouredMinor: 1_200, creditedMinor: 40_000, paidInTimeMinor: 58_800 })).toEqual({ kind: 'settled' });
  });

  test('a fixed amount is taken off once, on whatever comes first', () => {
    const fixed: DiscountOffer = { ...offer, rule: { kind: 'fixed', amountMinor: 2_500, currency: 'USD' } };
    expect(standing({ openMinor: 42_500, ...disputed, paidInTimeMinor: 57_500 }, fixed)).toEqual({ kind: 'met', creditMinor: 2_500 });
    expect(standing({ openMinor: 40_000, honouredMinor: 2_500, paidInTimeMinor: 57_500 }, fixed)).toEqual({ kind: 'offered', discountMinor: 0, missingMinor: 40_000 });
  });

  test('in whatever parts it is earned, it comes to no more than on the whole, and to just that where all is paid as asked', () => {
    fc.assert(fc.property(fc.integer({ min: 100, max: 10 ** 9 }), fc.integer({ min: 1, max: 900_000 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (baseMinor, rate, share) => {
      const of: DiscountOffer = { ...offer, rule: { kind: 'percent', rate }, baseMinor };
      const whole = discountOn(of.rule, baseMinor, 'USD');
      const disputedMinor = Math.min(baseMinor - 1, Math.max(1, Math.floor(baseMinor * share)));
      const first = discountOn(of.rule, baseMinor - disputedMinor, 'USD');
      fc.pre(first > 0 && whole > first);
      const paid = baseMinor - disputedMinor - first;
      expect(standing({ openMinor: baseMinor - paid, disputedMinor, paidInTimeMinor: paid }, of)).toEqual({ kind: 'met', creditMinor: first });
      const rest = standing({ openMinor: disputedMinor, honouredMinor: first, paidInTimeMinor: paid }, of);
      // Where it is a cent or so, rounding may leave nothing of it to pay.
      if (rest.kind !== 'offered') return expect(rest).toEqual({ kind: 'met', creditMinor: disputedMinor });
      expect(rest.discountMinor).toBe(whole - first);
      expect(standing({ openMinor: disputedMinor - rest.missingMinor, honouredMinor: first, paidInTimeMinor: paid + rest.missingMinor }, of)).toEqual({ kind: 'met', creditMinor: whole - first });
    }));
  });
});
