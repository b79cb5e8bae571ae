import type { Browser, Locator, Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { openPage, signIn, visit, type Visitor } from './browser';
import type { Installation } from './installation';

jest.setTimeout(300_000);

let installation: Installation;
let browser: Browser;
let visitor: Visitor;
let page: Page;

bringConsole('credit-manager', (brought) => void ({ installation, browser, visitor, page } = brought));

const dialog = () => page.getByRole('dialog');
const openCustomer = async (externalId: string, name: string): Promise<void> => {
  const { id } = await installation.knex('customers').where({ external_id: externalId }).first<{ id: number }>('id');
  await openPage(page, `/customers/${id}`, name);
};
/** Both before the page is drawn anew, as by a mouse whose button bounces. */
const pressTwice = (button: Locator): Promise<void> => button.evaluate((element: HTMLButtonElement) => {
  element.click();
  element.click();
});
const written = (body: string): Promise<unknown[]> => installation.knex('notes').where({ body });

test('a button that is pressed twice at once does what it says once', async () => {
  await openCustomer('C-1', 'Alder Paper');
  await page.getByRole('textbox', { name: 'Note' }).fill('Written once');
  await pressTwice(page.getByRole('button', { name: 'Save note' }));
  await page.getByRole('region', { name: 'Timeline' }).getByText('Written once').waitFor();
  expect(await written('Written once')).toHaveLength(1);
  // A statement is an email to the customer.
  await page.getByRole('region', { name: 'Statements' }).getByRole('button', { name: 'Send now' }).click();
  await pressTwice(dialog().getByRole('button', { name: 'Send', exact: true }));
  await dialog().waitFor({ state: 'detached' });
  await expect(installation.knex('statements')).resolves.toHaveLength(1);
});

test('what was done although its answer was lost is not done again when it is asked for again', async () => {
  await openCustomer('C-1', 'Alder Paper');
  let lost = 0;
  await page.route('**/notes', async (route) => {
    await route.fetch();
    lost += 1;
    await route.abort('connectionreset');
  });
  await page.getByRole('textbox', { name: 'Note' }).fill('Called, no answer');
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.getByText('Nothing was heard back').waitFor();
  await page.unroute('**/notes');
  expect(lost).toBe(3);
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.getByRole('region', { name: 'Timeline' }).getByText('Called, no answer').waitFor();
  expect(await written('Called, no answer')).toHaveLength(1);
  // The same words are another note once the first has been answered for.
  await page.getByRole('textbox', { name: 'Note' }).fill('Called, no answer');
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.getByRole('region', { name: 'Timeline' }).getByText('Called, no answer').nth(1).waitFor();
  expect(await written('Called, no answer')).toHaveLength(2);
});

test('a click beside a dialog costs nothing that was typed; Escape leaves it', async () => {
  await openPage(page, '/holds', 'Holds');
  await page.getByRole('button', { name: 'Place a hold' }).click();
  await dialog().getByLabel('Reason').fill('Insolvency reported');
  await page.mouse.click(5, 895);
  await dialog().getByRole('combobox', { name: 'Customer' }).click();
  await expect(dialog().getByLabel('Reason').inputValue()).resolves.toBe('Insolvency reported');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('a page on which something was typed and not saved is not left by a click, and is left once it is saved', async () => {
  await openPage(page, '/automations/new', 'New automation');
  const menu = page.getByRole('navigation', { name: 'Main' });
  // Nothing was typed: nothing is asked.
  await menu.getByRole('link', { name: 'Tasks' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
  await page.goBack();
  await page.getByLabel('Title').fill('Call late payers');
  await page.getByLabel('Short name').fill('call-late');
  await menu.getByRole('link', { name: 'Tasks' }).click();
  await dialog().getByText('is not saved').waitFor();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByLabel('Title').inputValue()).resolves.toBe('Call late payers');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Call late payers' }).waitFor();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill('Call later payers');
  await page.getByRole('link', { name: 'Automations' }).first().click();
  await dialog().getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('heading', { level: 1, name: 'Automations' }).waitFor();
  await page.getByText('Call late payers').waitFor();
});

test('what follows a payment is shown once it is done, without a reload', async () => {
  const { id } = await installation.knex('invoices').where({ external_id: 'INV-3' }).first<{ id: number }>('id');
  await openPage(page, `/invoices/${id}`, 'Invoice INV-3');
  await page.getByText(/Next: /).first().waitFor();
  await page.getByRole('button', { name: 'Record payment' }).click();
  await dialog().getByLabel('Reference').fill('BANK-1');
  await dialog().getByRole('button', { name: 'Record payment' }).click();
  await dialog().waitFor({ state: 'detached' });
  await page.getByText('Collection has ended: nothing is open any more').waitFor();
});

test('on a phone the whole head of the page is within reach, and no page is wider than the screen', async () => {
  const phone = await visit(browser, installation.url, { viewport: { width: 390, height: 844 } });
  await signIn(phone.page, 'admin');
  const head = phone.page.getByRole('banner');
  for (const name of [/^Play/, /^Notifications/, /^Switch to/, 'Test admin']) {
    const box = await head.getByRole('button', { name }).boundingBox();
    expect({ name, fits: box !== null && box.x >= 0 && box.x + box.width <= 390 }).toEqual({ name, fits: true });
  }
  await head.getByRole('button', { name: 'Play' }).click();
  await phone.page.getByRole('menuitem', { name: 'Advance one day' }).waitFor();
  await phone.page.keyboard.press('Escape');
  for (const [address, title] of [['/', 'Overview'], ['/import', 'Import'], ['/invoices', 'Invoices'], ['/tasks', 'Tasks'], ['/policy', 'Policy'], ['/disputes', 'Disputes'], ['/automations/new', 'New automation'], ['/campaigns/new', 'New campaign']] as const) {
    await openPage(phone.page, address, title);
    await phone.page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
    await phone.page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth);
  }
  // Buttons of the head that take a second line lie under nothing, also where there is more below than fits.
  await installation.knex.raw(`INSERT INTO tasks (key, queue, title, created_at, due_on) SELECT 'phone-' || n, 'Collections', 'Call', now(), '2026-03-20' FROM generate_series(1, 60) n`);
  for (const [address, title, button] of [['/tasks', 'Tasks', 'Queues and templates'], ['/messages', 'Messages', 'Suppressed addresses']] as const) {
    await openPage(phone.page, address, title);
    await phone.page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
    const isOnTop = await phone.page.getByText(button, { exact: true }).evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
    expect({ address, isOnTop }).toEqual({ address, isOnTop: true });
  }
  expect(phone.complaints).toEqual([]);
  await phone.leave();
});

test('nothing of all this made the browser complain', () => {
  expect(visitor.complaints).toEqual([]);
});
