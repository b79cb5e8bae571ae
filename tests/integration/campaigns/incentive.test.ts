import { systemActor } from '../../../db/audit';
import { readClock } from '../../../db/clock/clock';
import { listOffers } from '../../../db/discounts';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readMoney } from '../../../db/readmodels/campaignResults';
import type { Deployment } from '../../collection/deployment';
import { launch, startQuietDeployment } from './quiet';

jest.setTimeout(300_000);

const startsAt = '2026-03-02T10:00:00Z';
const day = (number: number): number => Date.parse(startsAt) + number * 86_400_000;
let deployment: Deployment;

beforeAll(async () => {
  deployment = await startQuietDeployment(startsAt);
  const context = { actor: systemActor, at: new Date(day(0)) };
  await upsertCustomers(deployment.knex, context, ['EARLY', 'LATE', 'YEN'].map((externalId) => ({ externalId, name: externalId, timeZone: 'UTC', contacts: [{ role: 'billing' as const, email: `${externalId}@example.com` }] })));
  await upsertInvoices(deployment.knex, context, [['EARLY', 'EUR'], ['LATE', 'EUR'], ['YEN', 'JPY']].map(([id, currency]) => ({ externalId: `I-${id}`, customerExternalId: id!, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: currency!, totalMinor: 1000_00 })));
  await deployment.settle();
  await launch(deployment, 'pay-early', {
    title: 'Pay early', audience: { when: { field: 'invoice.daysPastDue', op: '>', value: 10 } }, schedule: { kind: 'now' },
    steps: [{ id: 'offer', afterDays: 0, action: { kind: 'email', template: 'overdue-7', discount: { fixed: { EUR: '25.00' }, forDays: 10 } } }, { id: 'call', afterDays: 30, action: { kind: 'task', queue: 'collections', title: 'Call' } }],
  }, day(0));
});
afterAll(() => deployment?.stop());

async function pay(customer: string, amountMinor: number): Promise<void> {
  const at = new Date((await readClock(deployment.knex)).now);
  await recordPayments(deployment.knex, { actor: systemActor, at }, [{ externalId: `P-${customer}`, invoiceExternalId: `I-${customer}`, receivedAt: at.toISOString(), currency: 'EUR', amountMinor }]);
  await deployment.settle();
}

async function invoice(customer: string): Promise<{ id: number; open_minor: number }> {
  return deployment.knex('invoices').where({ external_id: `I-${customer}` }).first<{ id: number; open_minor: number }>('id', 'open_minor');
}

test('day 0: the offer is made on each invoice of the email, once, in a currency that has an amount; the email tells of it', async () => {
  expect(await listOffers(deployment.knex, (await invoice('EARLY')).id)).toMatchObject([{ key: 'campaign:pay-early/1/EARLY/offer/I-EARLY', source: 'campaign', sourceName: 'Pay early', discountMinor: 25_00, lastDay: '2026-03-12', honouredMinor: null }]);
  expect(await listOffers(deployment.knex, (await invoice('YEN')).id)).toEqual([]);
  const bodies = await deployment.knex('messages as m').join('customers as c', 'c.id', 'm.customer_id').where({ 'c.external_id': 'EARLY' }).pluck<string[]>('body_text');
  expect(bodies).toEqual([expect.stringContaining('25.00') as string]);
});

test('day 4: a payment that meets the offer settles the invoice; day 14: the same payment is too late, and the rest stays open', async () => {
  await deployment.advanceTo(day(4));
  await pay('EARLY', 975_00);
  expect((await invoice('EARLY')).open_minor).toBe(0);
  await deployment.advanceTo(day(14));
  await pay('LATE', 975_00);
  expect((await invoice('LATE')).open_minor).toBe(25_00);
  const run = await deployment.knex('campaign_runs').first<{ id: number }>('id');
  // What was taken off was not collected.
  expect((await readMoney(deployment.knex, run.id, new Date(day(14)))).find(({ currency }) => currency === 'EUR')).toMatchObject({ openMinor: 2000_00, collectedMinor: 1950_00 });
  await deployment.advanceTo(day(40));
  expect(await deployment.knex('tasks as t').join('customers as c', 'c.id', 't.customer_id').where({ 't.queue': 'Collections', 't.title': 'Call' }).pluck<string[]>('c.external_id')).toEqual(['YEN']);
  const { rows } = await deployment.knex.raw<{ rows: { standing: string }[] }>(`SELECT c.external_id || ' ' || m.state || coalesce(': ' || m.reason, '') AS standing FROM campaign_members m JOIN customers c ON c.id = m.customer_id ORDER BY 1`);
  expect(rows.map(({ standing }) => standing)).toEqual(['EARLY stopped: paid', 'LATE stopped: paid', 'YEN done']);
});

describe('two variants that offer different things', () => {
  const ids = Array.from({ length: 12 }, (_, index) => `V-${index + 1}`);
  let groups: Map<string, string>;

  beforeAll(async () => {
    const at = new Date((await readClock(deployment.knex)).now);
    const context = { actor: systemActor, at };
    await upsertCustomers(deployment.knex, context, ids.map((externalId) => ({ externalId, name: externalId, tier: 'variants', language: 'de', timeZone: 'UTC', contacts: [{ role: 'billing' as const, email: `${externalId}@example.com` }] })));
    await upsertInvoices(deployment.knex, context, ids.map((id) => ({ externalId: `I-${id}`, customerExternalId: id, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 1000_00 })));
    await deployment.settle();
    await launch(deployment, 'two-offers', {
      title: 'Two offers', audience: { when: { field: 'customer.tier', op: '=', value: 'variants' } }, schedule: { kind: 'now' },
      steps: [{ id: 'offer', afterDays: 0, action: { kind: 'email', template: 'campaign-offer', discount: { percent: '2', forDays: 20 } } }],
      experiment: { holdoutPercent: 0, horizonDays: 30, variants: [
        { name: 'as-is', percent: 34 }, { name: 'short', percent: 33, discounts: { offer: { percent: '5', forDays: 5 } } }, { name: 'nothing', percent: 33, discounts: { offer: null } },
      ] },
    }, at.getTime());
    const { rows } = await deployment.knex.raw<{ rows: { id: string; group: string }[] }>(
      `SELECT c.external_id AS id, m.experiment_group AS "group" FROM campaign_members m JOIN campaign_runs r ON r.id = m.run_id JOIN campaigns k ON k.id = r.campaign_id JOIN customers c ON c.id = m.customer_id WHERE k.key = 'two-offers'`);
    groups = new Map(rows.map(({ id, group }) => [id, group]));
  });

  const of = (group: string): string[] => ids.filter((id) => groups.get(id) === group);

  test('day 0: each is offered what its group is, and its letter says so in its language', async () => {
    expect(new Set(groups.values())).toEqual(new Set(['as-is', 'short', 'nothing']));
    const offered = async (id: string): Promise<unknown> => (await listOffers(deployment.knex, (await invoice(id)).id)).map(({ discountMinor }) => discountMinor);
    const body = async (id: string): Promise<string> => (await deployment.knex('messages as m').join('customers as c', 'c.id', 'm.customer_id').where({ 'c.external_id': id }).pluck<string[]>('body_text')).join();
    for (const id of of('as-is')) expect([await offered(id), await body(id)]).toEqual([[20_00], expect.stringContaining('2 % Nachlass auf jede Rechnung unten, die rechtzeitig bezahlt wird') as string]);
    for (const id of of('short')) expect([await offered(id), await body(id)]).toEqual([[50_00], expect.stringContaining('5 % Nachlass') as string]);
    for (const id of of('nothing')) expect([await offered(id), await body(id)]).toEqual([[], expect.not.stringContaining('Nachlass') as string]);
  });

  test('day 6: each variant is honoured by its own percentage and its own last day', async () => {
    const [early] = of('short');
    await pay(early!, 950_00);
    expect((await invoice(early!)).open_minor).toBe(0);
    await deployment.advanceTo((await readClock(deployment.knex)).now + 6 * 86_400_000);
    const [asIs] = of('as-is');
    const [, late] = of('short');
    const [nothing] = of('nothing');
    // Two percent are still to be had, five are not any more, and who was offered nothing gets nothing.
    for (const [id, paidMinor, openMinor] of [[asIs!, 980_00, 0], [late!, 950_00, 50_00], [nothing!, 980_00, 20_00]] as const) {
      await pay(id, paidMinor);
      expect([groups.get(id), (await invoice(id)).open_minor]).toEqual([groups.get(id), openMinor]);
    }
  });
});
