import { createApiKey } from '../../db/access/apiKeys';
import { recordReply } from '../../db/replies/recordReply';
import type { Installation } from './installation';

/** The name of a customer that a spreadsheet would run, were it given as it is. */
export const hostileName = '=HYPERLINK("https://evil.example","x")';

/** One thing of each kind that has a page of its own, made by the API as others make them; answers with the addresses of their pages. */
export async function makeOneOfEach({ url, knex }: Installation): Promise<string[]> {
  const { key } = await createApiKey(knex, { name: 'e2e', scopes: ['admin'], createdBy: 'e2e', expiresAt: null });
  let calls = 0;
  const post = async (path: string, body: object): Promise<{ id: number }> => {
    const response = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': `one-of-each-${(calls += 1)}` }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { id: number };
  };
  await post('/customers/bulk', { records: [{ externalId: 'EVIL', name: hostileName, timeZone: 'UTC', contacts: [{ role: 'billing', email: 'evil@example.com' }] }] });
  await post('/invoices/bulk', { records: [{ externalId: '=1+1', customerExternalId: 'EVIL', number: '=1+1', issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 90_000 }] });
  const dispute = await post('/disputes', { externalId: '@SUM(1)', invoiceExternalId: '=1+1', amountMinor: 30_000, reason: 'quality', detail: '+49 123' });
  await post('/promises', { externalId: '-1', customerExternalId: 'EVIL', currency: 'EUR', amountMinor: 10_000, promisedOn: '2026-03-20', source: 'call', note: '=cmd' });
  const segment = await post('/segments', { key: 'large', title: 'Owing more than 90', condition: { field: 'customer.balance', op: '>', value: { EUR: '90.00', GBP: '90.00' } } });
  const automation = await post('/automations', { key: 'late', document: { title: '=Late', trigger: { kind: 'payment.partial' }, actions: [{ kind: 'task', queue: 'Collections', title: 'Call' }] } });
  const campaign = await post('/campaigns', { key: 'spring', document: { title: '=Spring', audience: { when: { field: 'invoice.daysPastDue', op: '>', value: 5 } }, schedule: { kind: 'now' }, steps: [{ id: 'first', afterDays: 0, action: { kind: 'task', queue: 'Collections', title: 'Call' } }] } });
  const customer = await knex('customers').where({ external_id: 'EVIL' }).first<{ id: number }>('id');
  await post('/tasks', { queue: 'Collections', title: '=Task', customerId: customer.id, dueOn: '2026-03-03' });
  const put = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${url}/api/v1${path}`, { method: 'PUT', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  await put('/task-queues/=Queue', { assignment: 'none', escalation: 'none', escalateTo: null, leadId: null, memberIds: [] });
  await put('/task-templates/first-call', { title: '=First call', instructions: null, queue: 'Collections', dueInDays: 1, priority: 2, outcomes: null, active: true });
  await put('/issue-types/visit', { label: '@Visit', active: true });
  await post('/webhook-endpoints', { url: 'https://hooks.example/in', events: ['hold.placed'] });
  await post('/webhook-endpoints/1', { active: false });
  await post(`/customers/${customer.id}/notes`, { body: '=note' });
  await post(`/customers/${customer.id}/statements`, {});
  await post('/segments', { key: 'everyone', title: 'Everyone', condition: { field: 'customer.openInvoices', op: '>=', value: 0 } });
  const everyone = await knex('segments').where({ key: 'everyone' }).first<{ id: number }>('id');
  await put(`/segments/${everyone.id}/schedule`, { run: { rhythm: { every: 'month-business-day', nth: 1 }, timeZone: 'Europe/Berlin', atMinute: 540, holidays: { country: 'DE', region: null }, invoices: { which: 'open' }, actions: [{ kind: 'statement' }] } });
  await recordReply(knex, {
    source: 'imap', sourceRef: 'one', mailId: 'one', fromAddress: 'evil@example.com', fromName: '=Evil', recipients: [], subject: '=About it', writtenAt: null, text: 'The boat leaves at nine.', said: 'The boat leaves at nine.', isCut: false, automatic: null,
    byAddress: null, byReference: null, references: [], attachments: [],
  });
  const reply = await knex('replies').first<{ id: number }>('id');
  const template = await knex('templates').where({ name: 'overdue' }).first<{ id: number }>('id');
  return [
    `/disputes/${dispute.id}`, `/segments/${segment.id}`, `/segments/${segment.id}?show=history`, `/segments/${everyone.id}?show=schedule`, `/automations/${automation.id}`, `/automations/${automation.id}/edit`, `/automations/new`, `/campaigns/${campaign.id}`, `/campaigns/${campaign.id}/edit`,
    '/campaigns/new', `/replies/${reply.id}`, `/templates/${template.id}`, `/templates/${template.id}?beside=de`, `/customers/${customer.id}`,
  ];
}
