import fc from 'fast-check';
import { addDays } from '../../../domain/calendar/dates';
import type { CustomerRecord, InvoiceRecord } from '../../../domain/ledger/records';
import type { Policy, Step } from '../../../domain/policy/types';
import type { Ledger } from '../../../domain/simulation/timeline';
import { reference } from './story';

/** Arbitrary ledgers and policies: small, and full of what goes wrong. Dates lie in 2026. */
const places = [
  { timeZone: 'UTC', country: null, region: null },
  { timeZone: 'Europe/Berlin', country: 'DE', region: 'BY' },
  { timeZone: 'America/Sao_Paulo', country: 'BR', region: null },
  { timeZone: 'Asia/Tokyo', country: 'JP', region: null },
  { timeZone: 'Pacific/Chatham', country: 'NZ', region: null },
];
const currencies = ['USD', 'JPY', 'KWD'];
const date = (from: number, to: number) => fc.integer({ min: from, max: to }).map((day) => addDays('2026-01-01', day));

const customers = fc.array(fc.record({ place: fc.constantFrom(...places), graceDays: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null, freq: 1 }), reachable: fc.integer({ min: 0, max: 9 }), escalates: fc.boolean() }), { minLength: 1, maxLength: 3 }).map((list) =>
  list.map(({ place, reachable, graceDays, escalates }, index): CustomerRecord => ({
    externalId: `c${index}`, name: `Customer ${index}`, graceDays, ...place,
    contacts: reachable === 0 ? [] : [{ role: 'billing', email: `c${index}@example.com` }, ...(escalates ? [{ role: 'escalation' as const, email: `boss${index}@example.com` }] : [])],
  })));

const amount = fc.oneof(fc.constantFrom(0, 49_999, 50_000, 50_001), fc.integer({ min: 1, max: 200_000 }));

export const ledgers: fc.Arbitrary<Ledger> = customers.chain((list) =>
  fc.record({
    invoices: fc.array(fc.record({ customer: fc.nat(list.length - 1), graceDays: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null, freq: 1 }), issuedOn: date(-40, 60), term: fc.integer({ min: 0, max: 45 }), total: amount, currency: fc.constantFrom(...currencies) }), { maxLength: 8 }),
    settlements: fc.array(fc.record({ invoice: fc.nat(7), onAccount: fc.integer({ min: 0, max: 4 }), after: fc.integer({ min: -5, max: 170 }), minute: fc.option(fc.integer({ min: 0, max: 1439 })), amount, credit: fc.boolean() }), { maxLength: 10 }),
    promised: fc.array(fc.record({ invoice: fc.nat(7), after: fc.integer({ min: 0, max: 120 }), days: fc.integer({ min: 0, max: 20 }), amount }), { maxLength: 5 }),
    disputed: fc.array(fc.record({ invoice: fc.nat(7), after: fc.integer({ min: 0, max: 120 }), days: fc.option(fc.integer({ min: 1, max: 60 })), amount: fc.option(amount) }), { maxLength: 3 }),
  }).map(({ invoices, settlements, promised, disputed }): Ledger => {
    const issued = invoices.map(({ customer, issuedOn, term, total, currency, graceDays }, index): InvoiceRecord => ({
      externalId: `i${index}`, customerExternalId: `c${customer}`, issuedOn, dueOn: addDays(issuedOn, term), currency, totalMinor: total, graceDays,
    }));
    const settling = settlements.flatMap(({ invoice, onAccount, after, minute, amount: amountMinor, credit }, index) => {
      const of = issued[invoice];
      if (!of || amountMinor === 0) return [];
      const on = addDays(of.issuedOn, after);
      const time = minute === null ? '' : `T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00Z`;
      return [{ credit, externalId: `s${index}`, customerExternalId: of.customerExternalId, invoiceExternalId: onAccount === 0 ? null : of.externalId, currency: of.currency, amountMinor, on, receivedAt: on + time }];
    });
    return {
      customers: list,
      invoices: issued,
      payments: settling.filter(({ credit }) => !credit).map(({ credit: _credit, on: _on, ...payment }) => payment),
      creditNotes: settling.filter(({ credit }) => credit).map(({ credit: _credit, receivedAt: _receivedAt, on, ...note }) => ({ ...note, issuedOn: on })),
      promises: promised.flatMap(({ invoice, after, days, amount: amountMinor }, index) => {
        const of = issued[invoice];
        if (!of || amountMinor === 0) return [];
        const madeAt = addDays(of.issuedOn, after) < '2026-01-01' ? '2026-01-01' : addDays(of.issuedOn, after);
        return [{ externalId: `p${index}`, invoiceExternalId: of.externalId, madeAt, promisedOn: addDays(madeAt, days), currency: of.currency, amountMinor }];
      }),
      disputes: disputed.flatMap(({ invoice, after, days, amount: amountMinor }, index) => {
        const of = issued[invoice];
        if (!of || amountMinor === 0) return [];
        const openedAt = addDays(of.issuedOn, after);
        // What is found invalid credits nothing, so that the balance is worked out from payments and credit notes alone.
        return [{ externalId: `d${index}`, invoiceExternalId: of.externalId, openedAt, currency: of.currency, amountMinor, reason: 'price' as const,
          resolved: days === null ? null : { at: addDays(openedAt, days), resolution: { kind: 'invalid' as const } } }];
      }),
    };
  }));

const email: Step['actions'][number] = { kind: 'email', template: 'due', to: ['billing'], attachInvoice: false };
const task: Step['actions'][number] = { kind: 'task', queue: 'Care', title: 'Call', instructions: null, dueInDays: 1 };
const hold: Step['actions'][number] = { kind: 'hold', hold: 'credit', releaseNotice: { template: 'released', to: ['billing'] } };

const leadership: Step['actions'][number] = { kind: 'leadership', template: 'internal-notice', to: ['owner-manager'], title: 'Grave', text: null };

const escalate: Step['actions'][number] = { kind: 'escalate', queue: 'Credit', title: 'Decide', audience: 'credit-manager' };

const askedHold: Step['actions'][number] = { ...hold, approval: { by: 'credit-manager', timeoutDays: 4, onTimeout: 'escalate' } };

/** Policies that generated steps may start; nobody knows of others. */
const startable = ['first', 'second', 'third'] as const;
const starts = startable.map((policy): Step['actions'][number] => ({ kind: 'start-policy', policy }));

const stepsWith = (actions: readonly (readonly Step['actions'][number][])[]): fc.Arbitrary<Step[]> => fc.array(fc.record({
  gap: fc.integer({ min: 0, max: 12 }),
  unit: fc.constantFrom('days' as const, 'businessDays' as const),
  previous: fc.boolean(),
  atMinute: fc.option(fc.integer({ min: 540, max: 1019 })),
  actions: fc.constantFrom(...actions),
  catchUp: fc.constantFrom<Step['catchUp']>({ rule: 'collapse' }, { rule: 'skip' }, { rule: 'send-late', limitDays: 3 }),
  exempt: fc.boolean(),
  conditional: fc.boolean(),
}), { minLength: 1, maxLength: 6 }).map((list): Step[] => {
  let offset = -3;
  return list.map(({ gap, unit, previous, atMinute, actions, catchUp, exempt, conditional }, index): Step => {
    offset += gap;
    return {
      id: `s${index}`, title: `Step ${index}`,
      ...(previous && index > 0 ? { anchor: 'previous', offset: { unit, count: gap } } : { anchor: 'due', offset: { unit, count: offset } }),
      atMinute, catchUp, exemptFromSpacing: exempt, actions,
      when: conditional ? { field: 'invoice.balance', op: '>', value: { kind: 'money', minorByCurrency: { USD: 50_000, KWD: 50_000 } } } : null,
    };
  });
});

const acts = [[email], [task], [email, task], [hold, email], [askedHold, email], [email, leadership], [escalate], [email, escalate]];
const steps = stepsWith(acts);

const caps = fc.array(fc.record({ messages: fc.integer({ min: 1, max: 3 }), per: fc.constantFrom('week' as const, 'month' as const) }), { maxLength: 2 });

const policyOf = (name: string, ladders: fc.Arbitrary<Step[]>): fc.Arbitrary<Policy> =>
  fc.record({ steps: ladders, minimumDaysBetween: fc.integer({ min: 0, max: 5 }), merge: fc.constantFrom('same-day' as const, 'per-invoice' as const), caps, graceDays: fc.nat(5), minimumNoticeDays: fc.constantFrom(0, 0, 3, 7), stage: fc.option(fc.nat(5), { nil: null }) })
    .map(({ steps: ladder, graceDays, minimumNoticeDays, stage, ...contact }): Policy => ({
      ...reference, policy: name, contact, ...(stage === null ? {} : { escalation: { fromStep: ladder[stage % ladder.length]!.id, whenNone: { queue: 'Care', title: 'Find a contact', dueInDays: 1 } } }), ...(graceDays ? { graceDays } : {}), ...(minimumNoticeDays ? { minimumNoticeDays } : {}), steps: ladder,
    }));

export const policies: fc.Arbitrary<Policy> = fc.oneof(fc.constant(reference), policyOf('generated', steps));

/** Policies that start each other in every way, circles included. */
export const startingPolicies: fc.Arbitrary<Policy[]> = fc.tuple(...startable.map((name) => {
  const others = starts.filter((start) => start.kind === 'start-policy' && start.policy !== name);
  return policyOf(name, stepsWith([...acts, ...others.flatMap((start) => [[start], [email, start], [task, start]])]));
}));
