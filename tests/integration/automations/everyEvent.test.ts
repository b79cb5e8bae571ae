import { addUser } from '../../../db/access/users';
import { systemActor } from '../../../db/audit';
import { createAutomation, switchAutomation } from '../../../db/automations/automations';
import { readClock } from '../../../db/clock/clock';
import { openDispute, resolveDispute } from '../../../db/disputes';
import { listOffers, offerDiscounts } from '../../../db/discounts';
import { recordEvents } from '../../../db/events';
import { recordCreditNotes, recordPayments, refundPayments, reversePayments, upsertCustomers, upsertInvoices, writeOffInvoices } from '../../../db/ledger';
import { recordProviderEvent, type MailEventMeaning } from '../../../db/mail/recordProviderEvent';
import { publishPolicy } from '../../../db/policies';
import { assignPolicy } from '../../../db/policies/assignments';
import { recordPromise } from '../../../db/promises';
import { recordReply } from '../../../db/replies/recordReply';
import { recordClassification } from '../../../db/replies/settleReply';
import { createSegment } from '../../../db/segments/segments';
import { createTask } from '../../../db/work/createTask';
import { readAutomation } from '../../../domain/automation/readAutomation';
import { automationDocument } from '../../../domain/automation/schema';
import { eventKinds, type EventKind } from '../../../domain/events/kinds';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { startDeployment, type Deployment } from '../../collection/deployment';

jest.setTimeout(300_000);

const policyText = (name: string): string => `
policy: ${name}
version: 1
calendar: { timeZone: customer, window: { opens: "09:00", closes: "17:00" }, weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
contact: { minimumDaysBetween: 0, merge: same-day }
steps:
  - { id: ask, anchor: due, offset: { days: 1 }, actions: [{ email: { template: overdue-1 } }] }
`;
function parsed(name: string) {
  const source = policyText(name);
  const read = parsePolicy(source);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return { policy: read.policy, source };
}

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ startsAt: '2026-03-02T10:00:00Z', policy: parsed('plain') });
  await deployment.knex.transaction((trx) => publishPolicy(trx, { ...parsed('strict'), actor: systemActor, activate: false, inForce: true }));
  await addUser(deployment.knex, { email: 'boss@harbour.example', name: 'boss', role: 'credit-manager', password: 'a long enough password' });
});
afterAll(() => deployment?.stop());

async function context(): Promise<{ actor: typeof systemActor; at: Date }> {
  return { actor: systemActor, at: new Date((await readClock(deployment.knex)).now) };
}

/** Each customer is named after the event that it is to live through, and has one invoice of 1,000.00 EUR. */
async function account(name: string, options: { dueOn?: string; creditLimitMinor?: number } = {}): Promise<number> {
  await upsertCustomers(deployment.knex, await context(), [{
    externalId: name, name, timeZone: 'UTC', contacts: [{ role: 'billing', email: `${name}@example.com` }, { role: 'leadership', email: `ceo-${name}@example.com` }],
    ...(options.creditLimitMinor === undefined ? {} : { creditLimitMinor: options.creditLimitMinor, creditLimitCurrency: 'EUR' }),
  }]);
  await upsertInvoices(deployment.knex, await context(), [{ externalId: `i-${name}`, customerExternalId: name, issuedOn: '2026-02-01', dueOn: options.dueOn ?? '2026-03-01', currency: 'EUR', totalMinor: 1000_00 }]);
  return (await deployment.knex('customers').where({ external_id: name }).first<{ id: number }>('id')).id;
}

async function automate(key: string, changes: object): Promise<number> {
  const document = automationDocument.parse({ title: key, limit: { firings: 20, days: 365 }, actions: [{ kind: 'notify', audience: 'test', title: '{customer}' }], ...changes });
  const read = readAutomation(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { now } = await readClock(deployment.knex);
  return deployment.knex.transaction(async (trx) => {
    const id = await createAutomation(trx, systemActor, key, { document, automation: read.automation }, now);
    await switchAutomation(trx, systemActor, id, true, now);
    return id;
  });
}

async function firedFor(key: string): Promise<string[]> {
  const { rows } = await deployment.knex.raw<{ rows: { name: string }[] }>(
    `SELECT c.external_id AS name FROM automation_firings f JOIN automations a ON a.id = f.automation_id JOIN customers c ON c.id = f.customer_id WHERE a.key = ? AND f.state = 'fired' ORDER BY f.id`, [key]);
  return rows.map(({ name }) => name);
}

const pay = async (name: string, amountMinor: number, id = `p-${name}`): Promise<unknown> => (
  recordPayments(deployment.knex, await context(), [{ externalId: id, invoiceExternalId: `i-${name}`, receivedAt: (await context()).at.toISOString(), currency: 'EUR', amountMinor }]));

async function report(name: string, meaning: MailEventMeaning): Promise<void> {
  const { id, provider, provider_id: providerId } = await deployment.knex('messages as m').join('customers as c', 'c.id', 'm.customer_id').where({ 'c.external_id': name }).first<{ id: string; provider: string; provider_id: string }>('m.id', 'm.provider', 'm.provider_id');
  const { at } = await context();
  expect(await recordProviderEvent(deployment.knex, { id: `${name}-${meaning.kind}`, provider, type: `email.${meaning.kind}`, meaning, at: at.getTime(), providerId, messageId: id, addresses: [`${name}@example.com`], payload: {} })).toBe('recorded');
}

const customerId = async (name: string): Promise<number> => (await deployment.knex('customers').where({ external_id: name }).first<{ id: number }>('id')).id;
const invoiceId = async (name: string): Promise<number> => (await deployment.knex('invoices').where({ external_id: `i-${name}` }).first<{ id: number }>('id')).id;
const promise = async (name: string, promisedOn: string): Promise<unknown> => recordPromise(deployment.knex, await context(), { externalId: `w-${name}`, customerExternalId: name, currency: 'EUR', promisedOn, source: 'call' });
const dispute = async (name: string): Promise<unknown> => openDispute(deployment.knex, await context(), { externalId: `d-${name}`, invoiceExternalId: `i-${name}`, amountMinor: 100_00, reason: 'price', source: 'call' });
const offer = (name: string): Promise<unknown> => deployment.knex.transaction(async (trx) => offerDiscounts(trx, [{ key: `o-${name}`, invoiceId: await invoiceId(name), source: 'person', sourceName: 'boss', rule: { kind: 'fixed', amountMinor: 100_00, currency: 'EUR' }, forDays: 30 }], (await context()).at));
const reply = (name: string): Promise<number | null> => recordReply(deployment.knex, {
  source: 'imap', sourceRef: name, mailId: name, fromAddress: `${name}@example.com`, fromName: null, recipients: [], subject: 'About it', writtenAt: null, text: `Which purchase order is ${name} for?`, said: `Which purchase order is ${name} for?`, isCut: false, automatic: null,
  byAddress: null, byReference: null, references: [], attachments: [],
});

const byTime = ['invoice.due', 'invoice.overdue'] as const;
/** What happens, by event: what is done in the world for it. What comes about by the passing of days alone is in `byTime`. */
const happenings: Readonly<Record<Exclude<EventKind, (typeof byTime)[number]>, (name: string) => Promise<unknown>>> = {
  'invoice.created': async (name) => account(name),
  'invoice.settled': (name) => pay(name, 1000_00),
  'invoice.written-off': async (name) => writeOffInvoices(deployment.knex, await context(), [{ externalId: `x-${name}`, invoiceExternalId: `i-${name}`, amountMinor: 100_00 }]),
  'payment.received': (name) => pay(name, 1000_00),
  'payment.partial': (name) => pay(name, 400_00),
  'payment.reversed': async (name) => {
    await pay(name, 400_00);
    await reversePayments(deployment.knex, await context(), [{ externalId: `p-${name}`, reason: 'returned' }]);
  },
  'payment.charged-back': async (name) => {
    await pay(name, 400_00);
    await reversePayments(deployment.knex, await context(), [{ externalId: `p-${name}`, kind: 'chargeback', reason: 'not authorised' }]);
  },
  'payment.refunded': async (name) => {
    await pay(name, 400_00);
    await refundPayments(deployment.knex, await context(), [{ externalId: `r-${name}`, paymentExternalId: `p-${name}`, amountMinor: 100_00 }]);
  },
  'credit-note.received': async (name) => recordCreditNotes(deployment.knex, await context(), [{ externalId: `n-${name}`, invoiceExternalId: `i-${name}`, issuedOn: '2026-03-03', currency: 'EUR', amountMinor: 100_00 }]),
  'promise.made': (name) => promise(name, '2026-03-20'),
  'promise.kept': async (name) => {
    await promise(name, '2026-03-04');
    await pay(name, 1000_00);
  },
  'promise.broken': (name) => promise(name, '2026-03-04'),
  'discount.offered': offer,
  'discount.honoured': async (name) => {
    await offer(name);
    await pay(name, 900_00);
  },
  'discount.taken-back': async (name) => {
    await offer(name);
    await pay(name, 900_00);
    await reversePayments(deployment.knex, await context(), [{ externalId: `p-${name}`, reason: 'returned' }]);
  },
  'dispute.opened': dispute,
  'dispute.resolved': async (name) => {
    await dispute(name);
    const { id } = await deployment.knex('disputes').where({ external_id: `d-${name}` }).first<{ id: number }>('id');
    await deployment.knex.transaction(async (trx) => resolveDispute(trx, await context(), id, { kind: 'invalid' }, null));
  },
  'email.bounced': (name) => report(name, { kind: 'bounced', permanent: true, reason: 'no such mailbox' }),
  'email.complained': (name) => report(name, { kind: 'complained' }),
  'email.opened': (name) => report(name, { kind: 'opened' }),
  'email.clicked': (name) => report(name, { kind: 'clicked' }),
  'email.replied': reply,
  'reply.classified': async (name) => {
    const id = await reply(name);
    expect(await recordClassification(deployment.knex, id!, { kind: 'question', confidence: 0.5, reason: 'it asks', on: null, amount: null, disputeReason: null, referredTo: null }, 'rules')).toBe('triage');
  },
  'segment.joined': (name) => pay(name, 777_00),
  'segment.left': async (name) => {
    await pay(name, 777_00);
    await deployment.settle();
    await pay(name, 223_00, `rest-${name}`);
  },
  'policy.assigned': (name) => deployment.knex.transaction(async (trx) => assignPolicy(trx, systemActor, { policy: 'strict', target: { kind: 'customer', id: await customerId(name) }, priority: null, reason: 'a test', at: (await context()).at })),
  'limit.exceeded': async (name) => upsertInvoices(deployment.knex, await context(), [{ externalId: `second-${name}`, customerExternalId: name, issuedOn: '2026-03-03', dueOn: '2026-06-01', currency: 'EUR', totalMinor: 1_00 }]),
  'task.overdue': (name) => deployment.knex.transaction(async (trx) => createTask(trx, systemActor, { requestId: name, queue: 'collections', title: 'Call', customerId: await customerId(name), dueOn: '2026-03-04' }, (await context()).at)),
};
const kindsThatHappen = Object.keys(happenings) as (keyof typeof happenings)[];

test('there is a happening for every kind of event that there is', () => {
  expect([...kindsThatHappen, ...byTime].sort()).toEqual(Object.keys(eventKinds).sort());
});

test('every kind of event that there is starts an automation, from the real thing: paid, promised, bounced, clicked, joined, and by the passing of days', async () => {
  const { knex } = deployment;
  for (const kind of kindsThatHappen) await automate(kind.replace('.', '-'), { trigger: { kind } });
  for (const kind of byTime) await automate(kind.replace('.', '-'), { trigger: { kind, days: kind === 'invoice.overdue' ? 3 : null } });
  await knex.transaction(async (trx) => createSegment(trx, systemActor, 'paid-much', { title: 'Owes little', description: null, condition: { all: [{ field: 'customer.balance', op: '<', value: { EUR: '300.00' } }, { field: 'customer.balance', op: '>', value: { EUR: '0.00' } }] } }, (await context()).at.getTime()));
  for (const kind of kindsThatHappen) if (kind !== 'invoice.created') await account(kind, kind === 'limit.exceeded' ? { creditLimitMinor: 1000_00 } : {});
  for (const kind of byTime) await account(kind, { dueOn: '2026-03-05' });
  await deployment.settle();
  await happenings['invoice.created']('invoice.created');
  await deployment.advanceTo('2026-03-03T12:00:00Z');
  for (const kind of kindsThatHappen) if (kind !== 'invoice.created') await happenings[kind](kind);
  await deployment.settle();
  await deployment.advanceTo('2026-03-10T10:00:00Z');

  // Each once for what happened to its customer: nobody is told twice of one thing.
  for (const kind of kindsThatHappen) expect([kind, (await firedFor(kind.replace('.', '-'))).filter((name) => name === kind)]).toEqual([kind, [kind]]);
  // Days: on the day itself and on the third after it, at midnight where the customer is; the others' days lay behind.
  const daysOf = async (key: string): Promise<unknown> => (await knex.raw<{ rows: unknown[] }>(
    `SELECT c.external_id AS name, to_char(e.at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') AS at FROM automation_firings f JOIN automations a ON a.id = f.automation_id JOIN events e ON e.id = f.event_id JOIN customers c ON c.id = f.customer_id
     WHERE a.key = ? AND f.state = 'fired' AND c.external_id LIKE 'invoice.%due' ORDER BY 1`, [key])).rows;
  expect(await daysOf('invoice-due')).toEqual([{ name: 'invoice.due', at: '03-05 00:00' }, { name: 'invoice.overdue', at: '03-05 00:00' }]);
  expect(await daysOf('invoice-overdue')).toEqual([{ name: 'invoice.due', at: '03-08 00:00' }, { name: 'invoice.overdue', at: '03-08 00:00' }]);
  expect(await knex('notifications').where({ audience: 'test', title: 'task.overdue' })).not.toEqual([]);
});

test('every action does what it says, in the world: the email leaves, the agency is told, the discount is honoured, the ladder pauses', async () => {
  const { knex } = deployment;
  const automation = await automate('everything', { trigger: { kind: 'credit-note.received' }, actions: [
    { kind: 'email', template: 'overdue', to: ['leadership'] }, { kind: 'task', queue: 'collections', title: 'Call {customer} about {invoice}' }, { kind: 'notify', audience: 'sales', title: '{customer} got a credit note' },
    { kind: 'hold', hold: 'credit' }, { kind: 'escalate', queue: 'sales', title: 'Decide on {customer}' }, { kind: 'charge', charge: { kind: 'fixed', amounts: { EUR: '40.00' } } }, { kind: 'assign-policy', policy: 'strict' },
    { kind: 'discount', discount: { percent: '10', forDays: 10 } }, { kind: 'webhook' },
  ] });
  await account('all');
  await deployment.settle();
  await knex.transaction(async (trx) => {
    const row = await trx('customers').where({ external_id: 'all' }).first<{ id: number }>('id');
    const invoice = await trx('invoices').where({ external_id: 'i-all' }).first<{ id: number }>('id');
    await recordEvents(trx, [{ kind: 'credit-note.received', key: 'all', customerId: row.id, invoiceId: invoice.id, at: (await context()).at }]);
  });
  await deployment.settle();
  const { actions } = await knex('automation_firings').where({ automation_id: automation }).first<{ actions: { kind: string; outcome: string; detail: string }[] }>('actions');
  expect(actions.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(['email done', 'task done', 'notify done', 'hold done', 'escalate done', 'charge done', 'assign-policy done', 'discount done', 'webhook done']);
  const mails = await knex('messages').where({ source: 'automation' }).select<{ state: string; to_addresses: string[] }[]>('state', 'to_addresses');
  expect(mails).toEqual([{ state: 'delivered', to_addresses: ['ceo-all@example.com'] }]);
  expect(await knex('tasks as t').join('customers as c', 'c.id', 't.customer_id').where({ 'c.external_id': 'all' }).orderBy('t.id').pluck('t.title')).toEqual(['Call all about i-all', 'Decide on all']);
  expect(await knex('notifications').where({ audience: 'sales' }).pluck('title')).toEqual(['all got a credit note']);
  const { rows: [moved] } = await knex.raw<{ rows: { policy: string }[] }>(`SELECT v.policy FROM collections k JOIN policy_versions v ON v.id = k.policy_version_id JOIN invoices i ON i.id = k.invoice_id WHERE i.external_id = 'i-all'`);
  expect(moved?.policy).toBe('strict');
  const invoice = await knex('invoices').where({ external_id: 'i-all' }).first<{ id: number }>('id');
  expect(await listOffers(knex, invoice.id)).toMatchObject([{ source: 'automation', sourceName: 'everything', discountMinor: 100_00, honouredMinor: null }]);
  await pay('all', 900_00);
  expect((await knex('invoices').where({ external_id: 'i-all' }).first<{ open_minor: number }>('open_minor')).open_minor).toBe(0);
  await deployment.settle();
  expect(await knex('holds').where({ invoice_id: invoice.id })).toHaveLength(1);
});

test('a hand-off is recorded once, tells other systems, and pauses the invoice here', async () => {
  const { knex } = deployment;
  const id = await automate('to-the-agency', { trigger: { kind: 'dispute.resolved' }, actions: [{ kind: 'handoff', agency: 'Acme Recovery' }] });
  await account('handed', { dueOn: '2026-03-20' });
  await deployment.settle();
  const row = await knex('invoices').where({ external_id: 'i-handed' }).first<{ id: number; customer_id: number }>('id', 'customer_id');
  for (const key of ['one', 'two']) {
    const { at } = await context();
    await knex.transaction((trx) => recordEvents(trx, [{ kind: 'dispute.resolved', key: `handed-${key}`, customerId: row.customer_id, invoiceId: row.id, at }]));
    await deployment.settle();
  }
  expect(await knex('automation_firings').where({ automation_id: id }).orderBy('id').pluck('actions')).toMatchObject([
    [{ kind: 'handoff', outcome: 'done', detail: 'Acme Recovery, paused here until resumed' }], [{ kind: 'handoff', outcome: 'withheld', detail: 'it has been handed over already' }],
  ]);
  expect(await knex('handoffs').where({ invoice_id: row.id }).select('agency', 'open_minor')).toEqual([{ agency: 'Acme Recovery', open_minor: 1000_00 }]);
  await deployment.advanceTo('2026-04-10T10:00:00Z');
  expect(await knex('messages').where({ customer_id: row.customer_id })).toEqual([]);
});

test('leadership is told of a dispute, once and in house: though the invoice is disputed and paused, and the customer must not be contacted', async () => {
  const { knex } = deployment;
  const id = await automate('tell-leadership', { trigger: { kind: 'dispute.opened' }, when: { field: 'customer.tier', op: '=', value: 'grave' }, actions: [
    { kind: 'leadership', title: '{customer} disputes {open}', text: 'Decide about {invoice}', to: ['credit-manager', 'CFO@harbour.example'] }, { kind: 'pause', days: null },
  ] });
  // Its ladder is not at its end, so that there is something to pause.
  await account('graver', { dueOn: '2026-06-01' });
  await upsertCustomers(knex, await context(), [{ externalId: 'graver', name: 'Graver', timeZone: 'UTC', tier: 'grave', doNotContact: true }]);
  await deployment.settle();
  await openDispute(knex, await context(), { externalId: 'd-graver', invoiceExternalId: 'i-graver', amountMinor: 1000_00, reason: 'price', source: 'call' });
  await deployment.settle();
  await deployment.advanceTo((await readClock(knex)).now + 2 * 86_400_000);
  expect(await knex('automation_firings').where({ automation_id: id, state: 'fired' }).pluck('actions')).toMatchObject([
    [{ kind: 'leadership', outcome: 'done', detail: 'boss@harbour.example, cfo@harbour.example: Graver disputes 1000.00 EUR' }, { kind: 'pause', outcome: 'done' }],
  ]);
  const messages = await knex('messages as m').join('customers as c', 'c.id', 'm.customer_id').where({ 'c.external_id': 'graver' }).select('m.source', 'm.state', 'm.to_addresses', 'm.contact_on', 'm.subject', 'm.body_text');
  expect(messages).toEqual([{ source: 'internal', state: 'delivered', to_addresses: ['boss@harbour.example', 'cfo@harbour.example'], contact_on: null, subject: expect.stringContaining('Graver disputes 1000.00 EUR') as string, body_text: expect.stringContaining('Decide about i-graver') as string }]);
});
