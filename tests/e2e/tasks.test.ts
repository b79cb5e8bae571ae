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

test('a task by hand from the tasks’ page and from an invoice’s, a word of grace with its reason, and the addresses that want less mail', async () => {
  const { knex } = installation;
  await openPage(page, '/tasks', 'Tasks');
  await page.getByRole('button', { name: 'New task' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Give the task' }).isDisabled()).resolves.toBe(true);
  await dialog.getByLabel('What is to be done').fill('Look through the old accounts');
  await dialog.getByRole('combobox', { name: 'Queue' }).click();
  await page.getByRole('option', { name: 'Collections', exact: true }).click();
  expect(await graveFindings(page)).toEqual([]);
  if (process.env.DUNWELL_TEST_SCREENSHOTS) await page.screenshot({ path: `${process.env.DUNWELL_TEST_SCREENSHOTS}/new-task.png` });
  await dialog.getByRole('button', { name: 'Give the task' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /Look through the old accounts/ }).waitFor();

  const invoice = await knex('invoices').where({ external_id: 'INV-4' }).first<{ id: number; customer_id: number }>('id', 'customer_id');
  await openPage(page, `/invoices/${invoice.id}`, 'Invoice INV-4');
  await page.getByRole('button', { name: 'Task', exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Template' }).or(dialog.getByLabel('Template')).first().click();
  await page.getByRole('option', { name: /Call \{customer\}/ }).click();
  await dialog.getByLabel('For').selectOption({ label: 'Test collector' });
  await dialog.getByRole('button', { name: 'Give the task' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect(knex('tasks').where({ invoice_id: invoice.id }).whereRaw(`key LIKE 'by-hand/%'`).select('customer_id', 'queue')).resolves.toEqual([{ customer_id: invoice.customer_id, queue: 'Collections' }]);

  await page.getByRole('button', { name: 'Change the grace' }).click();
  await dialog.getByLabel('Days of grace').fill('6');
  await expect(dialog.getByRole('button', { name: 'Save' }).isDisabled()).resolves.toBe(true);
  await dialog.getByLabel('Reason').fill('The ship was late');
  expect(await graveFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('6 days', { exact: true }).waitFor();
  if (process.env.DUNWELL_TEST_SCREENSHOTS) await page.screenshot({ path: `${process.env.DUNWELL_TEST_SCREENSHOTS}/invoice-grace.png`, fullPage: true });

  await knex('mail_opt_outs').insert({ email: 'quiet@calypso.example', via: 'reply', at: new Date('2026-03-01T05:00:00Z') });
  await openPage(page, '/messages', 'Messages');
  await page.getByRole('button', { name: 'Opt-outs' }).click();
  await dialog.getByText('quiet@calypso.example').waitFor();
  expect(await graveFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Write to quiet@calypso.example again' }).click();
  await dialog.getByText('Nobody has asked for less mail.').waitFor();
  expect(manager.complaints).toEqual([]);
});
