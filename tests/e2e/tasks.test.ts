import type { Browser, Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { graveFindings, openPage, signIn, visit, type Visitor } from './browser';
import type { Installation } from './installation';

jest.setTimeout(300_000);

let installation: Installation;
let browser: Browser;
let manager: Visitor;
let page: Page;

bringConsole('credit-manager', (brought) => void ({ installation, browser, visitor: manager, page } = brought));

test('a manager sets up who gets the tasks of a queue and where overdue ones go, what a task says, and a kind of entry', async () => {
  await openPage(page, '/task-settings', 'Queues and templates');
  await page.getByRole('button', { name: 'Edit the queue Collections' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New tasks go').selectOption('round-robin');
  await dialog.getByRole('combobox', { name: 'People' }).or(dialog.getByLabel('People')).first().click();
  await page.getByRole('listbox', { name: 'People' }).getByRole('option', { name: 'Test collector' }).click();
  await page.keyboard.press('Tab');
  await dialog.getByLabel('Overdue tasks go').selectOption('lead');
  await dialog.getByLabel('Lead').selectOption({ label: 'Test credit-manager' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /Collections.*in turn.*Test collector.*to Test credit-manager/ }).waitFor();

  await page.getByRole('button', { name: 'Add a template' }).click();
  await dialog.getByLabel('Name').fill('first-call');
  await dialog.getByLabel('Title').fill('Call {custmer}');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText(/custmer/).last().waitFor();
  await dialog.getByLabel('Title').fill('Call {customer} about {open}');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /first-call.*Call \{customer\} about \{open\}/ }).waitFor();

  await page.getByRole('button', { name: 'Add a kind' }).click();
  await dialog.getByLabel('Name').fill('Delivery problem');
  await expect(dialog.getByLabel('Code').inputValue()).resolves.toBe('delivery-problem');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /Delivery problem/ }).waitFor();
  expect(await graveFindings(page)).toEqual([]);
});

test('a collector writes an entry of that kind on an invoice, and ends a call with a promise, which is there', async () => {
  const { knex } = installation;
  const invoice = await knex('invoices').where({ external_id: 'INV-3' }).first<{ id: number; customer_id: number }>('id', 'customer_id');
  await knex('tasks').insert({ key: 'e2e-call', queue: 'Collections', title: 'Call Brauer', customer_id: invoice.customer_id, invoice_id: invoice.id, state: 'open', due_on: '2026-03-02', created_at: new Date('2026-03-02T05:00:00Z') });
  const collector = await visit(browser, installation.url);
  await signIn(collector.page, 'collector');
  await openPage(collector.page, `/invoices/${invoice.id}`, 'Invoice INV-3');
  await collector.page.getByRole('textbox', { name: 'Note' }).fill('Two pallets were wet.');
  await collector.page.getByLabel('Kind of entry').selectOption({ label: 'Delivery problem' });
  await collector.page.getByRole('button', { name: 'Save entry' }).click();
  await collector.page.getByText(/Delivery problem, /).waitFor();
  await collector.page.getByText('Two pallets were wet.').last().waitFor();

  await openPage(collector.page, '/tasks?queue=Collections', 'Tasks');
  await collector.page.getByRole('button', { name: 'Call Brauer' }).or(collector.page.getByText('Call Brauer')).first().click();
  const dialog = collector.page.getByRole('dialog');
  await dialog.getByLabel('What came of it').selectOption('promised');
  await dialog.getByLabel('Will pay by').fill('2026-03-20');
  await dialog.getByRole('button', { name: 'Complete' }).click();
  await dialog.waitFor({ state: 'detached' });
  await openPage(collector.page, '/promises?state=pending', 'Promises');
  await collector.page.getByRole('row', { name: /Brauer GmbH/ }).waitFor();
  expect([...manager.complaints, ...collector.complaints]).toEqual([]);
  await collector.leave();
});

test('a promise for several invoices at once, from the customer’s page', async () => {
  const customer = await installation.knex('customers').where({ external_id: 'C-3' }).first<{ id: number }>('id');
  await openPage(page, `/customers/${customer.id}`, 'Calypso Foods');
  await page.getByRole('button', { name: 'Promise' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Currency').selectOption('USD');
  await dialog.getByRole('checkbox').first().waitFor();
  await dialog.getByLabel('Pays by').fill('2026-03-25');
  await dialog.getByRole('button', { name: 'Record the promise' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(/Promised 2,500\.00/).first().waitFor();
});
