import { systemActor } from '../../../db/audit';
import { readClock } from '../../../db/clock/clock';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readTimeline } from '../../../db/readmodels/timeline';
import type { Deployment } from '../../collection/deployment';
import { launch, startQuietDeployment } from './quiet';

jest.setTimeout(300_000);

const startsAt = '2026-03-02T10:00:00Z';
const day = (number: number): number => Date.parse(startsAt) + number * 86_400_000;
let deployment: Deployment;

beforeAll(async () => {
  deployment = await startQuietDeployment(startsAt);
  const context = { actor: systemActor, at: new Date(day(0)) };
  const customers = ['SILENT', 'PAYS', 'UNREACHABLE'];
  await upsertCustomers(deployment.knex, context, customers.map((externalId) => ({
    externalId, name: externalId, timeZone: 'UTC', contacts: externalId === 'UNREACHABLE' ? [] : [{ role: 'billing' as const, email: `billing@${externalId}.example` }, { role: 'escalation' as const, email: `cfo@${externalId}.example` }],
  })));
  await upsertInvoices(deployment.knex, context, customers.map((id) => ({ externalId: `I-${id}`, customerExternalId: id, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 1000_00 })));
  await deployment.settle();
  await deployment.knex('task_templates').insert({ name: 'first-call', title: 'Call', instructions: 'Ask {customer}', queue: 'Sales', due_in_days: 3, priority: 4 });
  await launch(deployment, 'year-end', {
    title: 'Year end', audience: { when: { field: 'invoice.daysPastDue', op: '>', value: 10 } }, schedule: { kind: 'now' },
    steps: [
      { id: 'note', afterDays: 0, action: { kind: 'task', queue: 'collections', title: 'Look at {customer}' } },
      { id: 'ask', afterDays: 0, action: { kind: 'task', queue: 'Customer Care', title: 'Ask {customer}', template: 'first-call' } },
      { id: 'tell', afterDays: 0, action: { kind: 'task', queue: 'Customer Care', title: 'Tell {customer}', template: 'first-call', instructions: 'Tell them of {externalId}' } },
      { id: 'up', afterDays: 7, action: { kind: 'escalate', template: 'overdue', task: { queue: 'sales', title: 'Decide on {customer}', dueInDays: 2 }, audience: 'credit-manager' } },
    ],
  }, day(0));
});
afterAll(() => deployment?.stop());

const escalations = (): Promise<string[]> => deployment.knex('tasks as t').join('customers as c', 'c.id', 't.customer_id').where({ 't.queue': 'Sales' }).orderBy('c.external_id').pluck('t.title');

test('day 5: one pays; day 7: who has not answered is escalated, to its escalation contacts and to people here, once', async () => {
  expect(await escalations()).toEqual([]);
  await deployment.advanceTo(day(5));
  const at = new Date((await readClock(deployment.knex)).now);
  await recordPayments(deployment.knex, { actor: systemActor, at }, [{ externalId: 'P', invoiceExternalId: 'I-PAYS', receivedAt: at.toISOString(), currency: 'EUR', amountMinor: 10_00 }]);
  await deployment.settle();
  await deployment.advanceTo(day(20));
  const mails = await deployment.knex('messages').select<{ source: string; state: string; to_addresses: string[]; template: string }[]>('source', 'state', 'to_addresses', 'template');
  expect(mails).toEqual([{ source: 'campaign', state: 'delivered', to_addresses: ['cfo@SILENT.example'], template: 'overdue' }]);
  expect(await deployment.knex('notifications').where({ audience: 'credit-manager' }).orderBy('title').pluck('title')).toEqual(['Decide on SILENT', 'Decide on UNREACHABLE']);
});

test('day 7: the task is urgent and due in its days; who cannot be written to is escalated here all the same', async () => {
  expect(await escalations()).toEqual(['Decide on SILENT', 'Decide on UNREACHABLE']);
  const { rows } = await deployment.knex.raw<{ rows: object[] }>(`SELECT priority, to_char(due_on, 'YYYY-MM-DD') AS due, instructions FROM tasks WHERE title = 'Decide on SILENT'`);
  expect(rows).toEqual([{ priority: 1, due: '2026-03-11', instructions: 'Escalated by the campaign Year end: none of its earlier steps was answered' }]);
  expect(await deployment.knex('tasks').whereIn('title', ['Look at SILENT', 'Ask SILENT', 'Tell SILENT']).orderBy('title').select('title', 'queue', 'instructions', 'priority', 'template')).toEqual([
    { title: 'Ask SILENT', queue: 'Customer Care', instructions: 'Ask SILENT', priority: 4, template: 'first-call' },
    { title: 'Look at SILENT', queue: 'Collections', instructions: 'Campaign: Year end', priority: 2, template: null },
    { title: 'Tell SILENT', queue: 'Customer Care', instructions: 'Tell them of SILENT', priority: 4, template: 'first-call' },
  ]);
  const { rows: standing } = await deployment.knex.raw<{ rows: { id: string; state: string }[] }>('SELECT c.external_id AS id, m.state FROM campaign_members m JOIN customers c ON c.id = m.customer_id ORDER BY 1');
  expect(standing).toEqual([{ id: 'PAYS', state: 'stopped' }, { id: 'SILENT', state: 'done' }, { id: 'UNREACHABLE', state: 'done' }]);
  // Each customer's timeline tells when and why it was over.
  const told = async (externalId: string): Promise<string[]> => {
    const { id } = await deployment.knex('customers').where({ external_id: externalId }).first<{ id: number }>('id');
    const { rows: entries } = await readTimeline(deployment.knex, id, { kind: ['campaign'] }, { after: null, limit: 10 });
    return entries.map(({ at, title, state, detail }) => `${at.toISOString().slice(0, 10)} ${title} ${state}${detail === null ? '' : `: ${detail}`}`);
  };
  expect(await told('PAYS')).toEqual(['2026-03-09 Year end stopped: paid', '2026-03-02 Year end joined']);
  expect(await told('SILENT')).toEqual(['2026-03-09 Year end done', '2026-03-02 Year end joined']);
});
