import type { Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { until } from '../processes/product';
import { expectFit, openPage, type Visitor } from './browser';
import type { Installation } from './installation';

jest.setTimeout(600_000);

let installation: Installation;
let visitor: Visitor;
let page: Page;

bringConsole('credit-manager', (brought) => void ({ installation, visitor, page } = brought));

/** What the worker does it does on a machine that may be busy: that is waited for in the ledger, and the page is only to show it. */
function untilThereIs(what: string, sql: string): Promise<void> {
  return until(what, 240_000, async () => (await installation.knex.raw<{ rows: unknown[] }>(`SELECT 1 FROM ${sql} LIMIT 1`)).rows.length > 0);
}

test('a segment is made, and lists who is in it and why', async () => {
  await openPage(page, '/segments', 'Segments');
  await page.getByRole('button', { name: 'New segment' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: false }).first().fill('Owing dollars');
  await page.getByRole('button', { name: 'Show whom it selects' }).click();
  await page.getByRole('status').filter({ hasText: 'customer' }).waitFor();
  await page.getByRole('button', { name: 'Make the segment' }).click();
  await page.getByRole('heading', { level: 1, name: 'Owing dollars' }).waitFor();
  await untilThereIs('its members', `segment_members m JOIN customers c ON c.id = m.customer_id WHERE c.name = 'Calypso Foods'`);
  await page.getByRole('link', { name: 'Calypso Foods' }).waitFor();
});

test('it is given a schedule, which says when it runs and is kept in the address', async () => {
  await page.getByText('Schedule', { exact: true }).click();
  await page.getByText('This segment does nothing by itself').waitFor();
  expect(new URL(page.url()).searchParams.get('show')).toBe('schedule');
  await page.getByRole('button', { name: 'Make a schedule' }).click();
  await page.getByLabel('Every so many weeks').fill('2');
  await page.getByLabel('Which invoices').selectOption('open');
  await page.getByRole('combobox', { name: 'Add an action' }).click();
  await page.getByRole('option', { name: 'Give somebody a task' }).click();
  await expectFit(page, 'segment-schedule-form');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('every second Tuesday at 09:00', { exact: false }).first().waitFor();
  await page.getByText('Task for collections').waitFor();
});

test('the preview decides on its members without doing anything; then it is skipped, paused and resumed', async () => {
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('table', { name: 'What the next run would do' }).getByRole('link', { name: 'Calypso Foods' }).waitFor();
  await expectFit(page, 'segment-schedule');
  await page.getByRole('button', { name: 'Skip next' }).click();
  await page.getByRole('button', { name: 'Skip it' }).click();
  await page.getByText('Next run is skipped', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText(/^paused$/i).waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Run now' }).waitFor();
});

test('it is run now, and its run is listed', async () => {
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await untilThereIs('its run', `segment_runs WHERE asked_by = 'Test credit-manager'`);
  await page.getByRole('table', { name: 'Runs' }).getByText('Test credit-manager').waitFor();
});

test('why each member was or was not written to is a click away, filtered in the address, and on the customer’s page', async () => {
  await untilThereIs('what the run came to', `segment_decisions d JOIN customers c ON c.id = d.customer_id WHERE c.name = 'Calypso Foods'`);
  await page.getByRole('link', { name: /^Decisions of run/ }).first().click();
  const decisions = page.getByRole('table', { name: /^Decisions of run/ });
  await decisions.getByRole('link', { name: 'Calypso Foods' }).waitFor();
  await decisions.getByText(/^(Written to|Waits|Done): /).first().waitFor();
  await expectFit(page, 'segment-run-decisions');
  await page.getByRole('combobox', { name: 'Outcome' }).click();
  await page.getByRole('option', { name: 'Not done' }).click();
  await page.waitForURL(/outcome=suppressed/);
  await page.getByText('No member is like that in this run').waitFor();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await decisions.getByRole('link', { name: 'Calypso Foods' }).click();
  await page.getByRole('region', { name: 'Runs of segments' }).getByText(/^(Written to|Waits|Done): /).first().waitFor();
  await expectFit(page, 'customer-runs');
  expect(visitor.complaints).toEqual([]);
});
