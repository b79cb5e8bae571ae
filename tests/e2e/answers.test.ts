import type { Page } from 'playwright-core';
import { createApiKey } from '../../db/access/apiKeys';
import { until } from '../processes/product';
import { bringConsole } from './bringConsole';
import { expectFit, graveFindings, openPage, type Visitor } from './browser';
import type { Installation } from './installation';

jest.setTimeout(300_000);

let installation: Installation;
let visitor: Visitor;
let page: Page;
let key: string;
let calls = 0;

bringConsole('credit-manager', async (brought) => {
  ({ installation, visitor, page } = brought);
  ({ key } = await createApiKey(installation.knex, { name: 'erp', scopes: ['admin'], createdBy: 'e2e', expiresAt: null }));
});

/** Asks the API for something, as another system or a colleague would. */
async function ask(path: string, body: object): Promise<{ id: number }> {
  const response = await fetch(`${installation.url}/api/v1${path}`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': `answers-${(calls += 1)}` }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: number };
}

const invoice = (externalId: string): Promise<{ id: number; open_minor: number }> => installation.knex('invoices').where({ external_id: externalId }).first<{ id: number; open_minor: number }>('id', 'open_minor');
const dialog = () => page.getByRole('dialog');

describe('approvals', () => {
  test('one is agreed to and is done at once; the other is refused, which takes a reason, and nothing is done', async () => {
    await ask(`/invoices/${(await invoice('INV-3')).id}/write-off-requests`, { amountMinor: 10_000, reason: 'A difference of a few euros' });
    await ask(`/invoices/${(await invoice('INV-5')).id}/write-off-requests`, { reason: 'Too small to ask for' });
    await openPage(page, '/approvals', 'Approvals');
    await page.getByRole('button', { name: 'Approve the write-off of INV-3' }).click();
    await dialog().getByText('100.00', { exact: false }).waitFor();
    expect(await graveFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Approve' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Approve the write-off of INV-3' }).waitFor({ state: 'detached' });
    expect((await invoice('INV-3')).open_minor).toBe(300_000);

    await page.getByRole('button', { name: 'Refuse the write-off of INV-5' }).click();
    const refuse = dialog().getByRole('button', { name: 'Refuse' });
    await expect(refuse.isDisabled()).resolves.toBe(true);
    await dialog().getByLabel('Reason').fill('They pay every time');
    await refuse.click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('Nothing waits for an answer').waitFor();
    expect((await invoice('INV-5')).open_minor).toBe(9_900);

    await page.getByText('Over', { exact: true }).click();
    await page.getByRole('row', { name: /INV-3.*Approved/ }).waitFor();
    await page.getByRole('row', { name: /INV-5.*Refused.*They pay every time/ }).waitFor();
    await expectFit(page, 'approvals-answered');
  });
});

describe('disputes', () => {
  test('where the customer is right, all that was disputed is credited', async () => {
    const { id } = await ask('/disputes', { externalId: 'D-VALID', invoiceExternalId: 'INV-1', amountMinor: 30_000, reason: 'quantity', detail: 'A quarter was missing' });
    await openPage(page, `/disputes/${id}`, 'Dispute of invoice INV-1');
    await page.getByRole('button', { name: 'Resolve' }).click();
    await dialog().getByText(/A credit note of .*300\.00/).waitFor();
    await dialog().getByLabel('Note').fill('The driver says so too');
    await dialog().getByRole('button', { name: 'Resolve' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('The customer is right: The driver says so too').waitFor();
    expect((await invoice('INV-1')).open_minor).toBe(90_000);
  });

  test('where both are right in part, that part is credited, which must be less than all; the rest is asked for again', async () => {
    const { id } = await ask('/disputes', { externalId: 'D-SPLIT', invoiceExternalId: 'INV-4', amountMinor: 50_000, reason: 'price', detail: 'Not what was agreed' });
    await openPage(page, `/disputes/${id}`, 'Dispute of invoice INV-4');
    await page.getByRole('button', { name: 'Resolve' }).click();
    await dialog().getByText('In part', { exact: true }).click();
    const resolve = dialog().getByRole('button', { name: 'Resolve' });
    await dialog().getByLabel('Amount').fill('500.00');
    await expect(resolve.isDisabled()).resolves.toBe(true);
    await dialog().getByLabel('Amount').fill('200.00');
    expect(await graveFindings(page)).toEqual([]);
    await resolve.click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('In part', { exact: true }).first().waitFor();
    expect((await invoice('INV-4')).open_minor).toBe(230_000);
    await openPage(page, '/disputes?show=resolved', 'Disputes');
    await page.getByRole('row', { name: /INV-4.*Split/ }).waitFor();
    await page.getByRole('row', { name: /INV-1.*Valid/ }).waitFor();
  });
});

test('what a template says is changed: a field that is not there is refused with its name, and once it is right it is published', async () => {
  const { knex } = installation;
  const { id } = await knex('templates').where({ name: 'overdue' }).first<{ id: number }>('id');
  await openPage(page, `/templates/${id}`, /./);
  await page.getByText('Version 1 is sent').waitFor();
  const subject = page.getByLabel('Subject').first();
  const words = await subject.inputValue();
  const publish = async (): Promise<number> => {
    const answer = page.waitForResponse((response) => response.url().endsWith(`/templates/${id}/publish`));
    await page.getByRole('button', { name: 'Publish' }).click();
    return (await answer).status();
  };
  await subject.fill(`${words} for {{ custmer }}`);
  expect(await publish()).toBe(422);
  await page.getByRole('alert').getByText('custmer', { exact: false }).first().waitFor();
  await subject.fill(`Again: ${words}`);
  expect(await publish()).toBe(200);
  await page.getByText('Version 2 is sent').waitFor();
  const { rows } = await knex.raw<{ rows: { version: number; subject: string }[] }>(`SELECT v.version, v.texts -> 'en' ->> 'subject' AS subject FROM template_versions v WHERE v.template_id = ? ORDER BY v.version DESC LIMIT 1`, [id]);
  expect(rows).toEqual([{ version: 2, subject: `Again: ${words}` }]);
  await page.getByRole('button', { name: 'Compare' }).last().click();
  await page.getByRole('group', { name: /^From version 1/ }).getByText(`+ Again: ${words}`).waitFor();
  await expectFit(page, 'template-published');
});

test('a segment that a policy asks about is archived only once the policy has been named and that is meant', async () => {
  const segment = await ask('/segments', { key: 'large', title: 'Large accounts', condition: { field: 'customer.balance', op: '>', value: { USD: '100.00' } } });
  await ask('/policies', { source: JSON.stringify({ policy: 'large-accounts', version: 1, steps: [{ id: 'first', anchor: 'due', offset: { days: 1 }, when: { field: 'customer.segments', op: 'in', value: ['large'] }, actions: [{ notify: { audience: 'sales', title: 'Overdue' } }] }] }) });
  await openPage(page, `/segments/${segment.id}`, 'Large accounts');
  await page.getByRole('button', { name: 'Archive' }).click();
  await dialog().getByRole('button', { name: 'Archive' }).click();
  await dialog().getByText('large-accounts@1', { exact: false }).waitFor();
  expect(await graveFindings(page)).toEqual([]);
  await expect(installation.knex('segments').where({ id: segment.id }).pluck('archived')).resolves.toEqual([false]);
  await dialog().getByLabel('Archive it all the same').check();
  await dialog().getByRole('button', { name: 'Archive' }).click();
  await dialog().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Use it again' }).waitFor();
  await expect(installation.knex('segments').where({ id: segment.id }).pluck('archived')).resolves.toEqual([true]);
  expect(visitor.complaints).toEqual([]);
});

test('an automation is given an approval and a notice in its form; what it asks is agreed to in the inbox, and only then the account is held; paid, the customer hears that the hold is over', async () => {
  const { knex } = installation;
  const untilThereIs = (what: string, sql: string): Promise<void> => until(what, 240_000, async () => (await knex.raw<{ rows: unknown[] }>(`SELECT 1 FROM ${sql} LIMIT 1`)).rows.length > 0);
  await openPage(page, '/automations/new', 'New automation');
  await page.getByLabel('Title').fill('Hold who pays in part');
  await page.getByLabel('Short name').fill('part-paid');
  await page.getByRole('combobox', { name: 'When this happens' }).click();
  await page.getByRole('option', { name: 'A payment leaves an invoice open in part' }).click();
  await page.getByRole('button', { name: 'Remove action 1' }).click();
  await page.getByRole('combobox', { name: 'Add an action' }).click();
  await page.getByRole('option', { name: 'Place a hold' }).click();
  const hold = page.getByRole('group', { name: 'Place a hold' });
  await hold.getByLabel('Who has to agree first').selectOption('credit-manager');
  await hold.getByLabel('Days to answer in').fill('3');
  await hold.getByLabel('Without an answer').selectOption('escalate');
  await hold.getByLabel('Email when it is released').fill('relesed');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('no template "relesed" is published, did you mean "released"', { exact: false }).waitFor();
  await hold.getByLabel('Email when it is released').fill('released');
  await expectFit(page, 'automation-approval');
  expect(await graveFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('all of it once a credit manager agrees', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByRole('button', { name: 'Switch off' }).waitFor();
  const automationPage = page.url();

  await ask('/payments', { externalId: 'PART-3', invoiceExternalId: 'INV-3', receivedAt: '2026-03-02', currency: 'EUR', amountMinor: 20_000 });
  await untilThereIs('the request', `approvals WHERE kind = 'hold'`);
  await page.goto(automationPage);
  await page.getByText('Waiting for approval').waitFor();
  await expectFit(page, 'automation-waits-for-approval');
  await expect(knex('holds')).resolves.toEqual([]);
  await openPage(page, '/approvals', 'Approvals');
  await page.getByRole('row', { name: /Hold.*Brauer GmbH.*INV-3.*automation, Hold who pays in part/ }).waitFor();
  await expectFit(page, 'approvals-of-automation');
  await page.getByRole('button', { name: 'Approve the hold of INV-3' }).click();
  await dialog().getByText('with all else that the automation does', { exact: false }).waitFor();
  await expectFit(page, 'approval-of-automation');
  await dialog().getByRole('button', { name: 'Approve' }).click();
  await dialog().waitFor({ state: 'detached' });
  await untilThereIs('the hold', `holds WHERE kind = 'credit' AND placed_by = 'automation:part-paid'`);
  await page.goto(automationPage);
  await page.getByText(/approved by Test credit-manager/).waitFor();
  await expectFit(page, 'automation-approved');

  await ask('/payments', { externalId: 'REST-3', invoiceExternalId: 'INV-3', receivedAt: '2026-03-02', currency: 'EUR', amountMinor: (await invoice('INV-3')).open_minor });
  await untilThereIs('the release', `holds WHERE released_by = 'ledger'`);
  await ask('/clock/advance', { to: '2026-03-02T10:00:00Z' });
  // The outbox of this installation has a message where it goes to as soon as it is sent.
  await untilThereIs('the notice of it', `messages WHERE template = 'released' AND state = 'delivered' AND to_addresses = '{bernd@brauer.example}'`);
});
