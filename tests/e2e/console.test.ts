import type { Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { openPage, type Visitor } from './browser';
import type { Installation } from './installation';
import { emailOf } from './seed';

jest.setTimeout(240_000);

let installation: Installation;
let visitor: Visitor;
let page: Page;

bringConsole(null, (brought) => void ({ installation, visitor, page } = brought));

const rows = () => page.getByRole('table').getByRole('row');
const dialog = () => page.getByRole('dialog');

async function openInvoice(number: string): Promise<void> {
  await page.goto(`/invoices?search=${number}`);
  await page.getByRole('link', { name: number, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: `Invoice ${number}` }).waitFor();
}

describe('a day in the console', () => {
  test('a page that needs a sign-in asks for it, a wrong password says so, and the right one leads on to the page', async () => {
    await page.goto('/invoices?state=overdue');
    await page.getByRole('heading', { name: 'Sign in to Dunwell' }).waitFor();
    await page.getByLabel('Email').fill(emailOf('admin'));
    await page.locator('input[name="password"]').fill('not the password at all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const refusal = page.getByRole('alert');
    await refusal.waitFor();
    expect(await refusal.innerText()).toMatch(/password/i);
    await page.locator('input[name="password"]').fill('a long enough password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();
    expect(new URL(page.url()).search).toBe('?state=overdue');
    expect(await page.title()).toBe('Invoices · Dunwell');
  });

  test('the clock advances day by day to Friday, and the first steps run on the way', async () => {
    await openPage(page, '/', 'Overview');
    const clock = page.getByRole('group', { name: 'Sandbox clock' });
    for (const day of ['Tue, 3 Mar', 'Wed, 4 Mar', 'Thu, 5 Mar', 'Fri, 6 Mar']) {
      await clock.getByRole('button', { name: 'Advance one day' }).click();
      await clock.getByText(day).waitFor({ timeout: 90_000 });
      await clock.getByRole('button', { name: 'Play' }).waitFor({ timeout: 90_000 });
    }
    await openPage(page, '/messages', 'Messages');
    await page.getByRole('link', { name: /INV-1/ }).first().waitFor();
  });

  test('filters are in the URL: what is chosen can be bookmarked and left with the back button', async () => {
    await openPage(page, '/invoices', 'Invoices');
    await page.getByRole('radiogroup', { name: 'State' }).getByText('Overdue').click();
    await page.waitForURL(/state=overdue/);
    await page.getByRole('link', { name: 'INV-3' }).waitFor();
    // The rows of before stay until the filtered ones are here.
    await page.getByRole('link', { name: 'INV-5' }).waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Currency' }).click();
    await page.getByRole('option', { name: 'USD' }).click();
    await page.waitForURL(/currency=USD/);
    await page.getByRole('link', { name: 'INV-3' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'INV-4' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'INV-3' }).waitFor();
    expect(page.url()).not.toContain('currency');
    await page.getByRole('searchbox').fill('calypso');
    await page.waitForURL(/search=calypso/);
    await page.getByRole('link', { name: 'INV-3' }).waitFor({ state: 'detached' });
  });

  test('a list of hundreds is fetched as it is scrolled, and never all of it in the document', async () => {
    await openPage(page, '/invoices?state=draft&sort=number', 'Invoices');
    await page.getByRole('link', { name: 'DRAFT-001' }).waitFor();
    expect(await rows().count()).toBeLessThan(80);
    await page.getByRole('region', { name: 'Invoices, table' }).focus();
    for (let tries = 0; tries < 40 && (await page.getByRole('link', { name: 'DRAFT-230' }).count()) === 0; tries++) {
      await page.keyboard.press('End');
      await page.waitForTimeout(250);
    }
    await page.getByRole('link', { name: 'DRAFT-230' }).waitFor();
    expect(await rows().count()).toBeLessThan(80);
  });

  test('the keyboard alone finds an invoice and opens it', async () => {
    await openPage(page, '/', 'Overview');
    await page.keyboard.press('Tab');
    await page.getByRole('heading', { level: 1 }).evaluate((heading: HTMLElement) => heading.focus());
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('INV-4');
    await page.waitForURL(/search=INV-4/);
    await page.getByRole('link', { name: 'INV-3' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await expect(page.evaluate(() => document.activeElement?.textContent)).resolves.toBe('INV-4');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Invoice INV-4' }).waitFor();
    await expect(page.evaluate(() => document.activeElement?.tagName)).resolves.toBe('H1');
  });

  test('the first stop of the Tab key leads past the menu', async () => {
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Invoice INV-4' }).waitFor();
    await page.evaluate(() => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); });
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    await skip.focus();
    await page.keyboard.press('Enter');
    await expect(page.evaluate(() => document.activeElement?.id)).resolves.toBe('content');
  });

  test('an invoice is paused with a reason and resumed', async () => {
    await openInvoice('INV-1');
    await page.getByRole('list').getByText('Remind a week after the due date').first().waitFor();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await dialog().getByLabel('Until').fill('2026-03-20');
    await dialog().getByLabel('Reason').fill('They asked for time');
    await dialog().getByRole('button', { name: 'Pause' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('Paused until').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await dialog().getByRole('button', { name: 'Resume' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    const { rows: controls } = await installation.knex.raw<{ rows: { kind: string; reason: string | null }[] }>('SELECT kind, reason FROM collection_controls ORDER BY id');
    expect(controls).toEqual([{ kind: 'pause', reason: 'They asked for time' }, { kind: 'resume', reason: null }]);
  });

  test('a payment of part of an invoice leaves the rest open', async () => {
    await openInvoice('INV-1');
    await page.getByRole('button', { name: 'Record payment' }).click();
    const amount = dialog().getByLabel('Amount');
    await expect(amount.inputValue()).resolves.toBe('1200.00');
    await amount.fill('200.505');
    await dialog().getByText('Write an amount in GBP').waitFor();
    await amount.fill('200.50');
    await dialog().getByLabel('Reference').fill('BANK-77');
    await dialog().getByRole('button', { name: 'Record payment' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('BANK-77').waitFor();
    await page.getByText('999.50').first().waitFor();
  });

  test('a message is shown as it was sent, in a frame that may run nothing', async () => {
    await openPage(page, '/messages', 'Messages');
    await page.getByRole('link', { name: /INV-1/ }).first().click();
    const frame = page.getByTitle('The message as sent');
    await frame.waitFor();
    await expect(frame.getAttribute('sandbox')).resolves.toBe('');
    await page.frameLocator('iframe[title="The message as sent"]').getByText('INV-1', { exact: true }).first().waitFor();
    await page.getByRole('tab', { name: 'Plain text' }).click();
    await page.getByRole('region', { name: 'Plain text' }).getByText('INV-1').first().waitFor();
  });

  test('a task is claimed and completed with its outcome', async () => {
    await openPage(page, '/tasks', 'Tasks');
    const task = page.getByRole('row').filter({ hasText: 'Brauer GmbH' });
    await task.getByRole('button', { name: /^Claim/ }).click();
    await task.getByText('Claimed').waitFor();
    await task.getByRole('button', { name: /^Complete/ }).click();
    await dialog().getByLabel('What came of it').selectOption('promised');
    await expect(dialog().getByRole('button', { name: 'Complete' }).isDisabled()).resolves.toBe(true);
    await dialog().getByLabel('Will pay by').fill('2026-03-20');
    await dialog().getByLabel('Amount').fill('3000.00');
    await dialog().getByLabel('Note').fill('Pays on Friday');
    await dialog().getByRole('button', { name: 'Complete' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.goto('/tasks?show=done');
    await page.getByRole('row').filter({ hasText: 'Brauer GmbH' }).getByText('Done').waitFor();
  });

  test('a customer has one timeline, with the note that was just written', async () => {
    await openPage(page, '/customers', 'Customers');
    await page.getByRole('link', { name: 'Brauer GmbH' }).click();
    await page.getByRole('heading', { level: 1, name: 'Brauer GmbH' }).waitFor();
    await page.getByRole('textbox', { name: 'Note' }).fill('New contact in accounting from April');
    await page.getByRole('button', { name: 'Save note' }).click();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByText('New contact in accounting from April').waitFor();
    await timeline.getByText('Pays on Friday').first().waitFor();
    await timeline.getByText('Promised to pay by 20 Mar 2026').waitFor();
    await expect(installation.knex('promises').select('amount_minor', 'currency', 'source')).resolves.toEqual([{ amount_minor: 300_000, currency: 'EUR', source: 'call' }]);
  });

  test('whoever is mentioned while a note is written is offered, with the keyboard alone', async () => {
    await page.getByRole('textbox', { name: 'Note' }).fill('Please look, ');
    await page.getByRole('textbox', { name: 'Note' }).press('End');
    await page.keyboard.type('@Test sa');
    await page.getByRole('listbox', { name: 'People to mention' }).getByRole('option', { name: 'Test sales' }).waitFor();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Note' }).inputValue()).resolves.toBe('Please look, @Test sales ');
    await page.getByRole('button', { name: 'Save note' }).click();
    await page.getByRole('region', { name: 'Timeline' }).getByText('@Test sales').waitFor();
    const { rows } = await installation.knex.raw<{ rows: { name: string }[] }>(`SELECT u.name FROM notifications n JOIN users u ON u.id = n.user_id WHERE n.audience = 'mention'`);
    expect(rows).toEqual([{ name: 'Test sales' }]);
  });

  test('money that is on no invoice yet is applied to one', async () => {
    await openPage(page, '/customers', 'Customers');
    await installation.knex.raw(`INSERT INTO payments (external_id, customer_id, currency, amount_minor, received_at) SELECT 'ON-ACCOUNT', id, 'GBP', 10000, '2026-03-05Z' FROM customers WHERE external_id = 'C-4'`);
    await page.getByRole('link', { name: 'Dovetail Joinery' }).click();
    await page.getByRole('button', { name: 'Apply ON-ACCOUNT' }).click();
    await dialog().getByLabel('Amount').fill('99.01');
    await dialog().getByText('At most 99.00').waitFor();
    await dialog().getByLabel('Amount').fill('99.00');
    await dialog().getByRole('button', { name: 'Apply' }).click();
    await dialog().waitFor({ state: 'detached' });
    await expect(installation.knex('invoices').where({ external_id: 'INV-5' }).first('open_minor')).resolves.toEqual({ open_minor: 0 });
  });

  test('a message of unknown outcome is settled by whoever has looked it up', async () => {
    const { id } = (await installation.knex('messages').where({ state: 'delivered' }).first('id')) as { id: string };
    await installation.knex('messages').where({ id }).update({ state: 'unknown' });
    await page.goto(`/messages/${id}`);
    await page.getByRole('button', { name: 'Say whether it was sent' }).click();
    await dialog().getByRole('radio', { name: 'It was not sent' }).check();
    await dialog().getByLabel('How you know').fill('The provider has no trace of it');
    await expect(dialog().getByRole('button', { name: 'Send it afresh' }).isDisabled()).resolves.toBe(true);
    await dialog().getByRole('radio', { name: 'It was sent' }).check();
    await dialog().getByRole('button', { name: 'Settle' }).click();
    await dialog().waitFor({ state: 'detached' });
    await expect(installation.knex('messages').where({ id }).first('state')).resolves.toEqual({ state: 'sent' });
  });

  test('a list is taken along as a file with its filters', async () => {
    await openPage(page, '/invoices?state=overdue', 'Invoices');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export CSV' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^dunwell-2026-03-\d\d-invoices\.csv$/);
  });

  test('a queue is set up: its people, and where its overdue tasks go', async () => {
    await openPage(page, '/task-settings', 'Queues and templates');
    await page.getByRole('button', { name: 'Edit the queue Sales' }).click();
    await dialog().getByLabel('New tasks go').selectOption('load');
    await dialog().getByLabel('Overdue tasks go').selectOption('queue');
    await dialog().getByLabel('Which queue').selectOption('Collections');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'Sales' }).getByText('into Collections').waitFor();
  });

  test('dark colours are chosen once and stay', async () => {
    await openPage(page, '/', 'Overview');
    await page.getByRole('button', { name: 'Switch to dark colours' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Switch to light colours' }).waitFor();
    await expect(page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).resolves.toBe('dark');
    await page.getByRole('button', { name: 'Switch to light colours' }).click();
  });

  test('nothing of all this made the browser complain', () => {
    expect(visitor.complaints).toEqual([]);
  });
});
