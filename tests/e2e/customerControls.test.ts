import type { Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { expectFit, openPage, type Visitor } from './browser';
import type { Installation } from './installation';

jest.setTimeout(300_000);

let installation: Installation;
let visitor: Visitor;
let page: Page;

bringConsole('credit-manager', (brought) => {
  ({ installation, visitor, page } = brought);
});

const open = async (externalId: string, name: string): Promise<number> => {
  const { id } = await installation.knex('customers').where({ external_id: externalId }).first<{ id: number }>('id');
  await openPage(page, `/customers/${id}`, name);
  return id;
};
const choose = async (item: string): Promise<void> => {
  await page.getByRole('button', { name: 'More about collection' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

test('the next step of chosen invoices is skipped', async () => {
  const steps = await installation.knex('collections as c').join('customers as k', 'k.id', 'c.customer_id').where({ 'k.external_id': 'C-3' }).whereNotNull('c.next_step').count<{ count: number }[]>('* as count');
  expect(Number(steps[0]!.count)).toBe(2);
  await open('C-3', 'Calypso Foods');
  await choose('Skip or run next steps');
  const dialog = page.getByRole('dialog', { name: 'Next steps of Calypso Foods' });
  await dialog.getByRole('checkbox', { name: /INV-6/ }).check();
  await expectFit(page, 'customer-steps');
  await dialog.getByLabel('Reason').fill('They have a copy');
  await dialog.getByRole('button', { name: 'Skip the steps' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('The next step is skipped for 1 invoice.').waitFor();
  await expect(installation.knex('collection_controls as x').join('invoices as i', 'i.id', 'x.invoice_id').select('i.external_id', 'x.kind', 'x.reason')).resolves.toEqual([{ external_id: 'INV-6', kind: 'skip-step', reason: 'They have a copy' }]);
});

test('collection of a customer is stopped with a reason, listed as stopped, and resumed', async () => {
  await open('C-1', 'Alder Paper');
  await choose('Stop collection');
  const dialog = page.getByRole('dialog', { name: 'Stop collecting from Alder Paper' });
  await expect(dialog.getByRole('button', { name: 'Stop' }).isDisabled()).resolves.toBe(true);
  await dialog.getByLabel('Reason', { exact: false }).fill('In court');
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Stopped until someone resumes it').waitFor();
  await expectFit(page, 'customer-stopped');
  await openPage(page, '/customers?show=stopped', 'Customers');
  await page.getByRole('link', { name: 'Alder Paper' }).click();
  await page.getByRole('button', { name: 'Resume collection' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause collection' }).waitFor();
  await expect(installation.knex('customers').where({ external_id: 'C-1' }).pluck('stopped')).resolves.toEqual([false]);
});

test('a policy is assigned from the page of the customer, which lists what decides and why', async () => {
  await open('C-2', 'Brauer GmbH');
  const section = page.getByRole('region', { name: 'Policy' });
  await section.getByText('Nothing is assigned: reference@1, as for everybody.').waitFor();
  await section.getByRole('button', { name: 'Assign a policy' }).click();
  const dialog = page.getByRole('dialog', { name: 'Assign a policy to Brauer GmbH' });
  await dialog.getByLabel('Reason', { exact: false }).fill('Agreed by phone');
  await expectFit(page, 'customer-assign');
  await dialog.getByRole('button', { name: 'Assign', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await section.getByText('Agreed by phone', { exact: false }).waitFor();
  await expectFit(page, 'customer-policy');
});

test('nothing of all this made the browser complain', () => {
  expect(visitor.complaints).toEqual([]);
});
