import type { Browser, Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { graveFindings, signIn, visit } from './browser';
import type { Installation } from './installation';
import { makeOneOfEach } from './oneOfEach';

jest.setTimeout(600_000);

let installation: Installation;
let browser: Browser;
let ofEach: string[] = [];

bringConsole(null, async (brought) => {
  ({ installation, browser } = brought);
  ofEach = await makeOneOfEach(installation);
});

/** Every page of the console, the address of one thing of each kind included. */
async function addresses(): Promise<string[]> {
  const { rows } = await installation.knex.raw<{ rows: { invoice: number; customer: number; message: string | null }[] }>(
    `SELECT i.id AS invoice, i.customer_id AS customer, (SELECT id FROM messages LIMIT 1) AS message FROM invoices i WHERE i.external_id = 'INV-1'`);
  const [one] = rows;
  return [
    '/', '/invoices', `/invoices/${one?.invoice}`, '/customers', `/customers/${one?.customer}`, '/tasks', '/messages', ...(one?.message ? [`/messages/${one.message}`] : []), '/holds?show=all',
    '/policy', '/policy?tab=simulation', '/policy?tab=versions', '/policy?tab=drafts', '/policy?tab=assignments', '/policy?tab=migrations', '/policy?tab=results', '/rates', '/rates?law=uk', '/discounts', '/import', '/users', '/notices', '/api-keys', '/webhooks', '/audit', '/no/such/page',
    '/task-settings', '/replies', '/decisions', '/decisions?outcome=executed', '/policy?version=1&from=1', '/promises', '/disputes', '/approvals', '/campaigns', '/segments', '/automations', '/templates', ...ofEach,
  ];
}

const wide = { width: 1440, height: 900 };
const narrow = { width: 768, height: 1024 };

/** Charts take their new width a moment after the window has it. */
const settlesWithinMs = 5_000;

async function tooWide(page: Page): Promise<string[]> {
  const fits = await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, undefined, { timeout: settlesWithinMs }).then(() => true, () => false);
  return fits ? [] : [`${page.url()} is wider than its window of ${page.viewportSize()?.width}`];
}

async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  // Grey lines stand for what is still to come.
  await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
}

describe('the console can be used by everybody', () => {
  // Every page is seen by axe in both schemes and at both widths, at half the time of all four, and is loaded once for it.
  const looks = [{ colorScheme: 'light', viewport: wide }, { colorScheme: 'dark', viewport: narrow }] as const;
  const look = async (page: Page): Promise<string[]> => {
    const findings: string[] = [];
    await settle(page);
    for (const { colorScheme, viewport } of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      findings.push(...await graveFindings(page), ...await tooWide(page));
    }
    return findings;
  };
  test('no serious finding of axe on any page, in light and wide and in dark and narrow, and none wider than the window', async () => {
    const all = await addresses();
    // Two tabs: while one waits for an answer the other is looked at.
    const found = await Promise.all([0, 1].map(async (tab) => {
      const { page, complaints, leave } = await visit(browser, installation.url, { viewport: wide });
      const findings: string[] = [];
      if (tab === 0) {
        await page.goto('/sign-in');
        findings.push(...await look(page));
      }
      await signIn(page, 'admin');
      for (const address of all.filter((_, position) => position % 2 === tab)) {
        await page.goto(address);
        findings.push(...await look(page));
      }
      await leave();
      return [...findings, ...complaints];
    }));
    expect(found.flat()).toEqual([]);
  });

  test('axe, as it is asked here, finds a button without a name and grey words on grey', async () => {
    const { page, leave } = await visit(browser, installation.url);
    await page.goto('/sign-in');
    await settle(page);
    await page.evaluate(() => document.querySelector('main, form, #root')?.insertAdjacentHTML('beforeend', '<button id="nameless"></button><p id="grey" style="color:#999;background:#aaa">Can you read this?</p>'));
    const findings = await graveFindings(page);
    expect(findings.map((finding) => finding.split(':')[0]).sort()).toEqual(['/sign-in button-name', '/sign-in color-contrast']);
    await leave();
  });

  test('dialogs hold the focus, close with Escape and give the focus back', async () => {
    const { page, leave } = await visit(browser, installation.url);
    await signIn(page, 'admin');
    await page.goto('/holds');
    const opener = page.getByRole('button', { name: 'Place a hold' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]') !== null);
    expect(await graveFindings(page)).toEqual([]);
    for (let presses = 0; presses < 8; presses++) await page.keyboard.press('Tab');
    await expect(page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).resolves.toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Place a hold'));
    await leave();
  });

  test.each(['light', 'dark'] as const)('the dialogs of a task, a promise, a dispute’s deadline and a kind of entry, in %s', async (colorScheme) => {
    const { page, leave } = await visit(browser, installation.url, { colorScheme });
    await signIn(page, 'admin');
    const opens = async (address: string, button: string | RegExp): Promise<void> => {
      await page.goto(address);
      await settle(page);
      await page.getByRole('button', { name: button }).first().click();
      await page.getByRole('dialog').waitFor();
      expect(await graveFindings(page)).toEqual([]);
      if (process.env.DUNWELL_TEST_SCREENSHOTS) await page.screenshot({ path: `${process.env.DUNWELL_TEST_SCREENSHOTS}/dialog-${address.split('/')[1]}-${colorScheme}.png` });
      await page.keyboard.press('Escape');
    };
    await opens('/tasks', /^=Task|Open|Complete/);
    await opens(ofEach.find((each) => each.startsWith('/customers/'))!, 'Promise');
    await opens(ofEach.find((each) => each.startsWith('/disputes/'))!, 'Change the deadline');
    await opens('/task-settings', 'Add a kind');
    await page.getByRole('button', { name: 'Test admin' }).click();
    await page.getByRole('menuitem', { name: 'Emails to me' }).click();
    await page.getByRole('radio', { name: 'At once' }).check();
    expect(await graveFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await leave();
  });

  test('a viewer is shown nothing that a viewer may not do', async () => {
    const { page, leave } = await visit(browser, installation.url);
    await signIn(page, 'viewer');
    const menu = page.getByRole('navigation', { name: 'Main' });
    await expect(menu.getByRole('link').allInnerTexts()).resolves.toEqual([
      'Overview', 'Invoices', 'Customers', 'Tasks', 'Messages', 'Replies', 'Decisions', 'Promises', 'Disputes', 'Approvals', 'Holds', 'Campaigns', 'Discounts', 'Segments', 'Policy', 'Automations', 'Templates', 'Reference rates',
    ]);
    const forbidden = /^(Record payment|Pause|Resume|Stop|Claim|Complete|Place a hold|Put in force|Release|Publish|Save note|Add contact|Edit|Remove|Advance|Play|Verify|Make an API key|Reverse|Refund)/;
    for (const address of (await addresses()).filter((each) => !/^\/(import|users|api-keys|webhooks|audit|no)|\/(new|edit)$/.test(each))) {
      await page.goto(address);
      await settle(page);
      const offered = await page.getByRole('button').evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? button.textContent ?? ''));
      expect({ address, offered: offered.filter((name) => forbidden.test(name)) }).toEqual({ address, offered: [] });
    }
    // Nor is it at an address that no menu and no button leads to.
    for (const address of ['/audit', '/import', '/users', '/api-keys', '/webhooks', '/notices', '/campaigns/new', '/automations/new', ...ofEach.filter((each) => each.endsWith('/edit'))]) {
      await page.goto(address);
      await page.getByRole('heading', { level: 1, name: 'Not for your role' }).waitFor();
      await page.getByRole('alert').waitFor();
      expect({ address, offered: await page.getByRole('main').getByRole('button').count() }).toEqual({ address, offered: 0 });
    }
    await leave();
  });
});
