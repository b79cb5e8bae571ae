import type { Page } from 'playwright-core';
import { systemActor } from '../../db/audit';
import { setRun } from '../../db/segments/controlRun';
import { createSegment } from '../../db/segments/segments';
import type { SegmentRun } from '../../domain/segment/types';
import { bringConsole } from './bringConsole';
import { expectFit, graveFindings } from './browser';
import type { Installation } from './installation';

jest.setTimeout(300_000);

let installation: Installation;
let page: Page;
const screenshots = process.env.DUNWELL_SCREENSHOTS;

async function picture(name: string): Promise<void> {
  if (screenshots) await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
}

bringConsole('credit-manager', (brought) => void ({ installation, page } = brought));

const weekly: SegmentRun = {
  cadence: { rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'UTC', atMinute: 540, holidays: null }, when: null, invoices: { which: 'open', where: null }, minimumDaysBetween: 1,
  actions: [{ kind: 'email', template: 'account-summary', to: ['billing'] }, { kind: 'task', queue: 'collections', title: 'Look at {customer}', instructions: null, dueInDays: 1 }],
  calendar: { timeZone: 'customer', window: { opensMinute: 540, closesMinute: 1020 }, weekdays: [1, 2, 3, 4, 5], holidays: 'customer' },
};

const yaml = () => page.getByLabel('Policy as YAML');
const step = (name: string) => page.getByRole('listitem', { name, exact: true });
const valid = () => page.getByText('Valid', { exact: true }).waitFor();

test('a draft is begun, edited in the form, seen as YAML, previewed, and published with a mapping; the migration reports', async () => {
  await page.goto('/policy?tab=drafts');
  await page.getByRole('button', { name: 'Begin a draft' }).click();
  await page.getByRole('heading', { level: 1, name: 'Draft of reference, version 2' }).waitFor();
  await valid();

  // Steps begin as lines, which say what they are; each opens by itself, or all at once.
  await step('Customer Care calls').getByText('call-14 · 14 days after the due date').waitFor();
  expect(await page.getByLabel('Offset').count()).toBe(0);
  await page.getByRole('button', { name: 'Open all steps' }).click();
  expect(await page.getByLabel('Offset').count()).toBe(await page.getByRole('listitem').filter({ has: page.locator('[data-handle]') }).count());
  await expectFit(page, 'ladder-opened');
  await page.getByRole('button', { name: 'Fold all steps' }).click();
  await expectFit(page, 'ladder-folded');
  await step('Customer Care calls').getByRole('button', { expanded: false }).press('Enter');
  expect(await page.getByLabel('Offset').count()).toBe(1);

  // Renamed and later, in the form; the text beside says so, and keeps its comments.
  const call = step('Customer Care calls');
  await call.getByLabel('Id').fill('call-20');
  await call.getByLabel('Offset').fill('20');
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Policy as YAML"]')?.value.includes('id: call-20'));
  expect(await yaml().inputValue()).toContain('# Every key is explained in docs/policy-reference.md.');
  await valid();

  // By keyboard a step goes below the next, which is refused in its place, and back.
  await page.getByRole('button', { name: 'Move Remind on the due date: arrow keys, or drag' }).press('ArrowDown');
  await page.getByText('runs before').first().waitFor();
  // A folded step says what is wrong with it all the same, and the step that was open still is.
  const wrong = page.locator('li[data-wrong]');
  await wrong.getByText('runs before').waitFor();
  expect([await wrong.getByLabel('Offset').count(), await wrong.getByRole('button', { expanded: false }).count()]).toEqual([0, 1]);
  expect(await call.getByLabel('Offset').count()).toBe(1);
  await picture('errors');
  await page.getByRole('button', { name: 'Move Remind on the due date: arrow keys, or drag' }).press('ArrowUp');
  await valid();

  // And dragged.
  // In a window that shows both: a mouse that drags does not scroll by itself.
  await page.setViewportSize({ width: 1440, height: 2600 });
  await page.getByRole('button', { name: 'Move Sales takes it up: arrow keys, or drag' }).dragTo(step('Customer Care calls'));
  await page.waitForFunction(() => {
    const text = document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Policy as YAML"]')?.value ?? '';
    return text.indexOf('id: sales-30') < text.indexOf('id: call-20');
  });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Move Sales takes it up down' }).click();
  await valid();

  // What is typed as YAML shows in the form.
  await yaml().fill((await yaml().inputValue()).replace('title: Customer Care calls', 'title: Customer Care rings'));
  await step('Customer Care rings').waitFor();
  await valid();
  expect(await graveFindings(page)).toEqual([]);
  await picture('editor');

  await page.getByText('Differences (', { exact: false }).click();
  await page.getByText('"Customer Care rings" is new', { exact: false }).waitFor();
  // A segment that writes every week is lived through beside the policy.
  await installation.knex.transaction(async (trx) => {
    const at = Date.parse('2026-03-02T10:00:00Z');
    const { id } = await createSegment(trx, systemActor, 'owing', { title: 'Whoever owes', description: null, condition: { field: 'customer.openInvoices', op: '>=', value: 1 } }, at);
    await setRun(trx, systemActor, id, weekly, false, at);
  });
  await page.getByText('Preview', { exact: true }).click();
  await page.getByRole('table', { name: 'What is done, today and under the draft' }).waitFor();
  const runs = page.getByRole('table', { name: 'What segments do' }).getByRole('row').filter({ hasText: 'Whoever owes' });
  expect(await runs.getByText('Emails of segments').count()).toBe(1);
  expect(await runs.getByText('Tasks').count()).toBe(1);
  // For whom it makes a difference: each by name, in the address and as a file.
  const differing = page.getByRole('table', { name: 'Customers with a difference' });
  await differing.getByRole('link').first().waitFor();
  await expectFit(page, 'policy-preview');
  await picture('preview');
  await page.getByRole('button', { name: /customers? no longer contacted$/ }).click();
  await page.waitForURL(/contact=no-longer/);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  const name = await differing.getByRole('link').first().textContent() ?? '';
  await page.getByRole('search', { name: 'Filter the customers' }).getByLabel('Customer').fill(name);
  await page.waitForURL(/customer=/);
  await differing.getByRole('link', { name, exact: true }).waitFor();
  // The address is there before the page is drawn by it.
  const file = page.locator('a[href*="/customers.csv?search="]');
  await file.waitFor();
  expect(await (await page.request.get((await file.getAttribute('href'))!)).text()).toContain(name);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();

  await page.getByRole('button', { name: 'Publish' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Move, and what was done counts').check();
  await dialog.getByLabel('Customer Care calls').selectOption({ label: 'Customer Care rings' });
  await dialog.getByLabel('Reason for the move').fill('Later calls');
  await dialog.getByRole('button', { name: 'Show what would be repeated or passed over' }).click();
  await dialog.getByRole('table', { name: 'Invoices under way by step of the draft' }).waitFor();
  await picture('publish');
  await dialog.getByRole('button', { name: 'Publish' }).click();

  await page.getByRole('heading', { level: 2, name: 'Migration 1 to reference@2' }).waitFor();
  await page.getByText('Done', { exact: true }).first().waitFor();
  await picture('migration');
  const { rows } = await installation.knex.raw<{ rows: { left: number; moved: number }[] }>(
    `SELECT (SELECT count(*)::int FROM collections k JOIN invoices i ON i.id = k.invoice_id JOIN policy_versions v ON v.id = k.policy_version_id WHERE v.version = 1 AND k.state = 'active' AND i.open_minor > 0) AS left, (SELECT count(*)::int FROM policy_moves) AS moved`);
  expect(rows[0]?.left).toBe(0);
  expect(rows[0]?.moved).toBeGreaterThan(0);
});

test('a step is not offered what no simulation knows, and says why where it is written all the same', async () => {
  const offered = async (): Promise<string[]> => {
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('combobox', { name: /: field$/ }).click();
    return (await page.getByRole('option').allTextContents()).filter((title) => /^(Last reply|Days since the last reply|Overdue share)$/.test(title));
  };
  // A segment may ask when somebody wrote back: those are the names under which a step would offer it.
  await page.goto('/segments');
  await page.getByRole('button', { name: 'New segment' }).click();
  await page.getByRole('button', { name: 'Remove Condition' }).click();
  expect(await offered()).toEqual(['Overdue share', 'Last reply', 'Days since the last reply']);

  await page.goto('/policy?tab=drafts');
  await page.getByRole('button', { name: 'Begin a draft' }).click();
  await step('Customer Care rings').getByRole('button', { expanded: false }).click();
  expect(await offered()).toEqual(['Overdue share']);
  await page.keyboard.press('Escape');
  await page.getByLabel('Only if: as text').check();
  await page.getByRole('textbox', { name: 'Only if' }).fill('{"field": "customer.daysSinceReply", "op": ">", "value": 3}');
  await page.getByRole('alert').getByText('a simulation cannot know who will write back').first().waitFor();
});

test('a simulation of this ledger tells what segments do beside the policy', async () => {
  await page.goto('/policy?tab=simulation');
  const runs = page.getByRole('table', { name: 'What segments do' }).getByRole('row').filter({ hasText: 'Whoever owes' });
  await runs.waitFor();
  const [, writes, , asks] = await runs.evaluate((row) => [...row.children].map(({ textContent }) => Number(textContent)));
  expect(writes).toBeGreaterThan(0);
  expect(asks).toBeGreaterThan(0);
  const byDay = await page.getByRole('table', { name: 'Figures by day' }).getByRole('row').evaluateAll((rows) => rows.slice(1).map((row) => Number(row.children[2]?.textContent)));
  expect(byDay.reduce((sum, count) => sum + count, 0)).toBe(writes);
  await expectFit(page, 'policy-simulation');
  expect(await graveFindings(page)).toEqual([]);
});

test('a policy is assigned to a customer with a reason, and the change is told', async () => {
  await page.goto('/policy?tab=assignments');
  await page.getByText('Everybody comes under reference@2.').waitFor();
  await page.getByRole('button', { name: 'Assign a policy' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Customer' }).fill('Alder');
  await page.getByRole('option', { name: 'Alder Paper' }).click();
  await dialog.getByLabel('Reason', { exact: false }).first().fill('A good customer');
  await dialog.getByRole('button', { name: 'Assign' }).click();
  await page.getByRole('table', { name: 'Assignments, the strongest first' }).getByText('Alder Paper').waitFor();
  await page.getByRole('table', { name: 'Changes of assignments' }).getByText('nothing → reference').waitFor();
  expect(await graveFindings(page)).toEqual([]);
  await picture('assignments');
});
