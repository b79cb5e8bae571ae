import { addDays, daysBetween } from '../../domain/calendar/dates';
import { noClaims, noControl } from '../../domain/collection/facts';
import type { ConditionFacts } from '../../domain/condition/catalogue';
import { compileCondition } from '../../domain/condition/evaluate';
import type { InvoiceFacts } from '../../domain/collection/facts';
import { parseCondition } from '../../domain/policy/readCondition';
import type { ConditionDocument } from '../../domain/policy/schema';
import type { Bench, Figure } from './figure';

const perSecondMin = 1_000_000;
const rounds = 7;
const evaluationsPerRound = 1_000_000;
const today = '2026-03-10';

type Facts = ConditionFacts & { invoice: InvoiceFacts };

/** What a person writes, and what a programmer would have written in its place. */
const subjects: readonly { what: string; document: ConditionDocument; byHand: (facts: Facts) => boolean }[] = [
  {
    what: 'a balance over a threshold in one of two currencies',
    document: { field: 'invoice.balance', op: '>', value: { USD: '500.00', EUR: '460.00' } },
    byHand: ({ invoice }) => openOf(invoice) > (invoice.currency === 'USD' ? 50_000 : invoice.currency === 'EUR' ? 46_000 : Infinity),
  },
  {
    what: 'days past due and a balance',
    document: { all: [{ field: 'invoice.daysPastDue', op: '>', value: 30 }, { field: 'invoice.balance', op: '>', value: { USD: '500.00', EUR: '460.00' } }] },
    byHand: ({ invoice }) => daysBetween(invoice.dueOn, today) > 30 && openOf(invoice) > (invoice.currency === 'USD' ? 50_000 : invoice.currency === 'EUR' ? 46_000 : Infinity),
  },
  {
    what: 'five comparisons with and, or and not, a custom field among them',
    document: { all: [
      { field: 'invoice.daysPastDue', op: '>', value: 10 },
      { any: [{ field: 'invoice.balance', op: '>', value: { USD: '500.00', EUR: '460.00' } }, { field: 'customer.custom.segment', op: '=', value: 'key account' }] },
      { not: { field: 'customer.tier', op: 'in', value: ['gold', 'platinum'] } },
      { field: 'invoice.dueOn', op: '<', value: 'today-5d' },
    ] },
    byHand: ({ invoice, customer }) => daysBetween(invoice.dueOn, today) > 10
      && (openOf(invoice) > (invoice.currency === 'USD' ? 50_000 : invoice.currency === 'EUR' ? 46_000 : Infinity) || customer.custom.segment === 'key account')
      && customer.tier !== 'gold' && customer.tier !== 'platinum' && invoice.dueOn < addDays(today, -5),
  },
];

function openOf({ openMinor, creditMinor, promisedMinor, disputedMinor }: InvoiceFacts): number {
  return Math.max(0, openMinor - creditMinor - promisedMinor - disputedMinor);
}

/** Conditions as functions, over ten thousand invoices that differ, against the same predicate written by hand; processor time of one thread, by turns. */
export const conditions: Bench = async ({ scale, say }) => subjects.map(({ what, document, byHand }): Figure => {
  say(`conditions: ${what}`);
  const read = parseCondition(document, { subject: 'invoice' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const test = compileCondition(read.condition);
  const facts = Array.from({ length: 10_000 }, (_, index) => factsOf(index));
  const differing = facts.findIndex((each) => test(each) !== byHand(each));
  if (differing >= 0) throw new Error(`The condition and the predicate by hand do not agree on ${JSON.stringify(facts[differing])}`);
  const passes = Math.max(1, Math.round((evaluationsPerRound * scale) / facts.length));
  const ours: number[] = [];
  const hand: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(perSecond(test, facts, passes));
    hand.push(perSecond(byHand, facts, passes));
  }
  const [value, baseline] = [median(ours), median(hand)];
  return {
    bench: 'conditions', what, value, unit: 'evaluations/s', baseline: { name: 'the same predicate, written by hand', value: baseline }, ratio: value / baseline,
    target: `≥ ${perSecondMin} on one core`, reached: value >= perSecondMin, limit: 'reading facts from memory: the hand-written predicate does little else',
    notes: { 'holds for': facts.filter((each) => test(each)).length, of: facts.length },
  };
});

function perSecond(test: (facts: Facts) => boolean, facts: readonly Facts[], passes: number): number {
  const start = process.cpuUsage();
  let held = 0;
  for (let pass = 0; pass < passes; pass += 1) for (const each of facts) if (test(each)) held += 1;
  const { user, system } = process.cpuUsage(start);
  if (held < 0) throw new Error('Nobody counts to less than nothing.');
  return (passes * facts.length * 1e6) / (user + system);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function factsOf(index: number): Facts {
  return {
    today,
    customer: {
      id: String(index), externalId: `c${index}`, timeZone: 'Europe/Berlin', country: 'DE', region: null, language: 'de', businessUnit: null,
      tier: ['gold', 'silver', 'bronze'][index % 3]!, custom: { segment: index % 7 === 0 ? 'key account' : 'other' },
      reach: { kind: 'reachable' }, lastContactOn: null, contactsOn: [], pause: null, ledgerVersion: 1,
    },
    invoice: {
      id: String(index), externalId: `i${index}`, issuedOn: '2026-01-01', dueOn: addDays('2025-12-15', (index * 7) % 120), currency: ['USD', 'EUR', 'JPY'][index % 3]!, totalMinor: 200_000,
      openMinor: (index * 7_919) % 100_000, ...noClaims, creditMinor: 0, customerBalanceMinor: 0, graceDays: null, documentState: 'issued', type: 'standard', businessUnit: null, custom: {},
      control: noControl, progress: [], holds: [],
    },
  };
}
