import { systemActor } from '../../db/audit/actor';
import { readClock } from '../../db/clock/clock';
import { recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../db/ledger';
import { openDispute, resolveDispute } from '../../db/disputes';
import { recordPromise } from '../../db/promises';
import { localDateAt } from '../../domain/calendar/zones';
import { updateCollection } from '../../workflows/contracts/client';
import { pauseCollectionUpdate, resumeCollectionUpdate, sendNowUpdate, skipStepUpdate, stopCollectionUpdate } from '../../workflows/contracts/messages';
import type { Deployment } from '../collection/deployment';

/** The Monday on which every scenario starts. */
export const startsAt = '2026-01-05T00:00:00Z';

/** What happens to one invoice; its workflow's history afterwards is what later code has to replay. */
export interface Scenario {
  name: string;
  happen(act: Acts): Promise<void>;
}

export interface Acts {
  invoice: string;
  /** Advances to the start of a day, counted from the issue. */
  toDay(day: number): Promise<void>;
  issue(): Promise<void>;
  pay(): Promise<void>;
  reverse(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  skip(step: string): Promise<void>;
  sendNow(step: string): Promise<void>;
  stop(): Promise<void>;
  /** Promises all that is open, to be paid by so many days from the issue. */
  promise(day: number): Promise<void>;
  dispute(): Promise<void>;
  /** Resolves the dispute: the customer is not right. */
  resolve(): Promise<void>;
}

export const scenarios: readonly Scenario[] = [
  { name: 'settled-early', happen: async ({ issue, toDay, pay }) => { await issue(); await toDay(3); await pay(); await toDay(5); } },
  { name: 'full-ladder-to-hand-off', happen: async ({ issue, toDay }) => { await issue(); await toDay(140); } },
  { name: 'paid-after-hold-with-release', happen: async ({ issue, toDay, pay }) => { await issue(); await toDay(66); await pay(); await toDay(70); } },
  { name: 'paused-and-resumed', happen: async ({ issue, toDay, pause, resume }) => { await issue(); await toDay(2); await pause(); await toDay(40); await resume(); await toDay(60); } },
  {
    name: 'reopened-by-reversal',
    happen: async ({ issue, toDay, pay, reverse }) => { await issue(); await toDay(20); await pay(); await toDay(30); await reverse(); await toDay(60); },
  },
  {
    name: 'updates-during-wait',
    happen: async ({ issue, toDay, skip, sendNow, stop }) => { await issue(); await toDay(2); await skip('due'); await sendNow('overdue-7'); await toDay(16); await stop(); await toDay(20); },
  },
  {
    name: 'asked-twice-at-once',
    happen: async ({ issue, toDay, pause, skip, stop }) => { await issue(); await toDay(2); await Promise.all([pause(), skip('due'), skip('overdue-7')]); await toDay(16); await stop(); await toDay(20); },
  },
  { name: 'promise-broken', happen: async ({ issue, toDay, promise }) => { await issue(); await toDay(20); await promise(27); await toDay(26); await toDay(32); } },
  { name: 'disputed-and-resolved', happen: async ({ issue, toDay, dispute, resolve }) => { await issue(); await toDay(20); await dispute(); await toDay(30); await resolve(); await toDay(36); } },
];

const dayMs = 86_400_000;

/** Acts on one invoice of a deployment on the manual clock. */
export function actsOn(deployment: Deployment, invoice: string): Acts {
  const { knex, client } = deployment;
  const context = async () => ({ actor: systemActor, at: new Date((await readClock(knex)).now) });
  const customer = `OF-${invoice}`;
  let requests = 0;
  const asked = () => ({ requestId: `${invoice}/${++requests}`, actor: { kind: 'user' as const, id: '1', name: 'A person' }, reason: null });
  return {
    invoice,
    toDay: (day) => deployment.advanceTo(Date.parse(startsAt) + day * dayMs),
    issue: async () => {
      await upsertCustomers(knex, await context(), [{ externalId: customer, name: 'A customer', contacts: [{ role: 'billing', email: `${invoice}@example.com` }] }]);
      await upsertInvoices(knex, await context(), [{ externalId: invoice, customerExternalId: customer, issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: 100_000 }]);
    },
    pay: async () => {
      const { actor, at } = await context();
      await recordPayments(knex, { actor, at }, [{ externalId: `PAY-${invoice}`, invoiceExternalId: invoice, receivedAt: at.toISOString(), currency: 'USD', amountMinor: 100_000 }]);
    },
    reverse: async () => { await reversePayments(knex, await context(), [{ externalId: `PAY-${invoice}` }]); },
    pause: async () => { await updateCollection(client, invoice, pauseCollectionUpdate, { ...asked(), until: null }); },
    resume: async () => { await updateCollection(client, invoice, resumeCollectionUpdate, asked()); },
    skip: async (step) => { await updateCollection(client, invoice, skipStepUpdate, { ...asked(), step }); },
    sendNow: async (step) => { await updateCollection(client, invoice, sendNowUpdate, { ...asked(), step }); },
    stop: async () => { await updateCollection(client, invoice, stopCollectionUpdate, asked()); },
    promise: async (day) => {
      const promisedOn = localDateAt(Date.parse(startsAt) + day * dayMs, 'UTC');
      await recordPromise(knex, await context(), { externalId: `PROMISE-${invoice}`, customerExternalId: customer, currency: 'USD', promisedOn, source: 'call' });
    },
    dispute: async () => { await openDispute(knex, await context(), { externalId: `DISPUTE-${invoice}`, invoiceExternalId: invoice, reason: 'quality', source: 'call' }); },
    resolve: async () => {
      const { id } = await knex('disputes').where({ external_id: `DISPUTE-${invoice}` }).first<{ id: number }>('id');
      const at = await context();
      await knex.transaction((trx) => resolveDispute(trx, at, id, { kind: 'invalid' }, null));
    },
  };
}
