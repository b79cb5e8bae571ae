import { createCollectionActivities } from '../../activities/collection/activities';
import { compareRows } from '../../cli/replay/compare';
import { deliver } from '../../activities/mail/deliver';
import { addUser, changeUser, UserError } from '../../db/access/users';
import { systemActor } from '../../db/audit/actor';
import { startManualClock } from '../../db/clock/clock';
import { insertCollections } from '../../db/collection/collections';
import { setCustomerOwner } from '../../db/customers/owner';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../db/ledger';
import { recordProviderEvent } from '../../db/mail/recordProviderEvent';
import { activePolicyVersion, publishPolicy } from '../../db/policies';
import { matchReply } from '../../db/replies/matchReply';
import { printPolicy } from '../../domain/policy/printPolicy';
import { simulate } from '../../domain/simulation/simulate';
import { readDecisionRows } from '../../db/collection/decisionRows';
import { ladder } from '../domain/collection/story';
import { freshDatabase, type FreshDatabase } from '../engines/database';
import { dependencies } from './mail/account';

jest.setTimeout(120_000);

const policy = ladder(`
- { id: remind, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }
- { id: grave, anchor: due, offset: { days: 30 }, actions: [{ email: { template: overdue-30 } }, { leadership: { title: "{customer} is a month late", text: "Shall we go on delivering?", to: [owner-manager] } }] }
- { id: graver, anchor: due, offset: { days: 60 }, actions: [{ leadership: { title: "{invoice}: {open}", to: [credit-manager, CFO@harbour.example, gone@harbour.example] } }] }
`, 'escalation: { from: grave, whenNone: { queue: Sales } }');

describe('a month late: the customer\'s escalation contact and one\'s own leadership are written to', () => {
  let database: FreshDatabase;
  const customers = ['OWNED', 'NOBODYS', 'SILENT'].map((externalId) => ({
    externalId, name: externalId, timeZone: 'UTC', doNotContact: externalId === 'SILENT',
    contacts: [{ role: 'billing' as const, email: `${externalId.toLowerCase()}@example.com` }, ...(externalId === 'OWNED' ? [{ role: 'escalation' as const, email: 'boss@example.com' }] : [])],
  }));
  const invoices = [['OWNED', 'O-1'], ['OWNED', 'O-2'], ['NOBODYS', 'N-1'], ['NOBODYS', 'N-2'], ['SILENT', 'S-1']].map(([customer, externalId]) => ({
    externalId: externalId!, number: externalId!, customerExternalId: customer!, issuedOn: '2026-01-05', dueOn: '2026-02-04', currency: 'USD', totalMinor: 100_000,
  }));
  const context = (at: string) => ({ actor: systemActor, at: new Date(at) });
  const day = async (date: string): Promise<void> => {
    await database.knex.raw('UPDATE clock SET virtual_now = ?', [`${date}T09:00:00Z`]);
    for (const { externalId } of invoices) await createCollectionActivities({ knex: database.knex }).performStep({ invoice: externalId });
  };
  const sent = async (source: 'ladder' | 'internal', date: string): Promise<string[]> => (await database.knex('messages as m').join('customers as c', 'c.id', 'm.customer_id')
    .where({ source }).whereRaw('m.queued_at::date = ?', [date]).orderBy('c.external_id').orderBy('m.idempotency_key')
    .select<{ external_id: string; to_addresses: string[]; about: string[] }[]>('c.external_id', 'm.to_addresses', database.knex.raw('(SELECT array_agg(i.number ORDER BY i.number) FROM message_invoices mi JOIN invoices i ON i.id = mi.invoice_id WHERE mi.message_id = m.id) AS about')))
    .map(({ external_id, to_addresses, about }) => `${external_id} ${about.join('+')} → ${to_addresses.join(', ')}`);

  beforeAll(async () => {
    database = await freshDatabase();
    const { knex } = database;
    await startManualClock(knex, Date.parse('2026-01-05T09:00:00Z'));
    await knex.transaction((trx) => publishPolicy(trx, { policy, source: printPolicy(policy), actor: systemActor }));
    await upsertCustomers(knex, context('2026-01-05T00:00:00Z'), customers);
    await upsertInvoices(knex, context('2026-01-05T00:00:00Z'), invoices);
    const user = async (name: string, role: 'admin' | 'sales' | 'credit-manager'): Promise<number> => (await addUser(knex, { email: `${name}@harbour.example`, name, role, password: 'a long enough password' })).user.id;
    const [, sales, head] = [await user('admin', 'admin'), await user('sales', 'sales'), await user('head', 'credit-manager')];
    await changeUser(knex, await user('gone', 'credit-manager'), null, { active: false });
    await changeUser(knex, sales, null, { managerId: head });
    await changeUser(knex, head, null, { language: 'de' });
    await expect(changeUser(knex, sales, null, { managerId: sales })).rejects.toThrow(UserError);
    const { rows: [owned] } = await knex.raw<{ rows: { id: number }[] }>(`SELECT id FROM customers WHERE external_id = 'OWNED'`);
    await knex.transaction((trx) => setCustomerOwner(trx, systemActor, owned!.id, sales));
    const { rows } = await knex.raw<{ rows: { id: number; customer_id: number }[] }>('SELECT id, customer_id FROM invoices');
    const active = await activePolicyVersion(knex);
    await insertCollections(knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: active!.id, requestedSeq: 1, startedAt: 0 })));
  });
  afterAll(() => database.destroy());

  test('day 7: nobody but the customers\' billing contacts hears of it', async () => {
    await day('2026-02-11');
    expect(await sent('ladder', '2026-02-11')).toEqual(['NOBODYS N-1+N-2 → nobodys@example.com', 'OWNED O-1+O-2 → owned@example.com']);
    expect(await sent('internal', '2026-02-11')).toEqual([]);
  });

  test('day 30: the escalation contact is written to as well; where there is none, Sales is asked for one, once', async () => {
    await day('2026-03-06');
    await day('2026-03-06');
    expect(await sent('ladder', '2026-03-06')).toEqual(['NOBODYS N-1+N-2 → nobodys@example.com', 'OWNED O-1+O-2 → boss@example.com, owned@example.com']);
    expect(await database.knex('tasks as t').join('customers as c', 'c.id', 't.customer_id').select('c.external_id', 't.queue', 't.title')).toEqual([{ external_id: 'NOBODYS', queue: 'Sales', title: 'Find an escalation contact at NOBODYS' }]);
  });

  test('day 30: one notice for a customer goes to the manager of the account\'s owner; without one to the administrators; and it is about customers too who must not be written to', async () => {
    expect(await sent('internal', '2026-03-06')).toEqual(['NOBODYS N-1+N-2 → admin@harbour.example', 'OWNED O-1+O-2 → head@harbour.example', 'SILENT S-1 → admin@harbour.example']);
    const { rows } = await database.knex.raw<{ rows: { n: number }[] }>(`SELECT count(*)::int AS n FROM decisions WHERE action = 'leadership' AND outcome = 'executed' AND message_id IS NOT NULL`);
    expect(rows[0]?.n).toBe(5);
  });

  test('the notice says what it is about, asks nobody to unsubscribe, and counts as no contact; what a colleague answers or opens is nothing of the customer\'s', async () => {
    const { knex } = database;
    const messages = await knex('messages').where({ source: 'internal' }).orderBy('idempotency_key').select<{ id: string; contact_on: string | null }[]>('id', 'contact_on');
    const thread = { key: Buffer.alloc(32, 1), replyAddress: '*@replies.harbour.example', publicUrl: 'https://dunwell.example' };
    for (const { id, contact_on } of messages) {
      expect(contact_on).toBeNull();
      expect(await deliver(dependencies(knex, { thread }), id)).toEqual({ kind: 'settled', state: 'delivered' });
    }
    const told = await knex('messages').where({ id: messages[1]!.id }).first<{ subject: string; body_text: string; payload: string; provider: string; provider_id: string; to_addresses: string[] }>();
    expect(told.subject).toBe('OWNED is a month late: OWNED');
    expect(told.body_text).toContain('Shall we go on delivering?');
    // To the head, who reads German, about two invoices; the others are in the template's own language.
    expect(told.body_text).toContain('Es geht um OWNED');
    const { customer_id } = await knex('messages').where({ id: messages[1]!.id }).first<{ customer_id: number }>('customer_id');
    expect(told.body_text).toContain(`https://dunwell.example/customers/${customer_id}`);
    const texts = await knex('messages').where({ source: 'internal' }).whereNot({ id: messages[1]!.id }).pluck<string[]>('body_text');
    expect(texts.filter((text) => text.includes('This is about'))).toHaveLength(texts.length);
    const silent = await knex('invoices').where({ number: 'S-1' }).first<{ id: number }>('id');
    expect(texts.filter((text) => text.includes(`https://dunwell.example/invoices/${silent.id}`))).toHaveLength(1);
    expect(told.payload).not.toContain('nsubscribe');
    expect(told.payload).not.toContain('replies.harbour.example');
    await knex('messages').where({ id: messages[1]!.id }).update({ state: 'sent' });
    await recordProviderEvent(knex, { id: 'evt-1', provider: told.provider, type: 'opened', meaning: { kind: 'opened' }, at: Date.parse('2026-03-06T10:00:00Z'), providerId: told.provider_id, messageId: messages[1]!.id, addresses: told.to_addresses, payload: {} });
    expect(await knex('events').where({ kind: 'email.opened' }).count()).toEqual([{ count: 0 }]);
    const match = await knex.transaction((trx) => matchReply(trx, { byAddress: messages[1]!.id, byReference: messages[1]!.id, references: [told.provider_id], fromAddress: 'head@harbour.example' }));
    expect(match).toEqual({ customerId: null, messageId: null, matchedBy: null, invoiceIds: [], senderKnown: null, answered: null });
  });

  test('day 60: roles and addresses are written to, not who has left; an invoice that is paid before the notice leaves is not told of', async () => {
    await day('2026-04-05');
    expect((await sent('internal', '2026-04-05')).filter((line) => line.startsWith('OWNED'))).toEqual(['OWNED O-1 → cfo@harbour.example, head@harbour.example', 'OWNED O-2 → cfo@harbour.example, head@harbour.example']);
    await recordPayments(database.knex, context('2026-04-05T10:00:00Z'), [{ externalId: 'P-1', invoiceExternalId: 'O-1', receivedAt: '2026-04-05T10:00:00Z', currency: 'USD', amountMinor: 100_000 }]);
    const [message] = await database.knex('messages').where('idempotency_key', 'like', 'O-1/%/graver/%').select<{ id: string }[]>('id');
    // The head reads German, the address that the policy names nobody knows of.
    expect(await database.knex('messages').where({ id: message!.id }).pluck('language')).toEqual(['en']);
    expect(await deliver(dependencies(database.knex), message!.id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect(await database.knex('decisions').where({ message_id: message!.id }).select('action', 'outcome', 'reason_code')).toEqual([{ action: 'leadership', outcome: 'suppressed', reason_code: 'paid-before-hand-over' }]);
  });

  test('all of it is what the simulation said would be decided', async () => {
    const made = await readDecisionRows(database.knex, '2026-01-05', '2026-04-04');
    expect(made.length).toBeGreaterThan(15);
    expect(compareRows(simulate({ customers, invoices, payments: [], creditNotes: [], promises: [], disputes: [] }, policy, '2026-01-05', '2026-04-04'), made)).toEqual([]);
  });
});
