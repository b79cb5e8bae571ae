import type { Browser, Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { expectFit, openPage, signIn, visit, type Visitor } from './browser';
import type { Installation } from './installation';

jest.setTimeout(300_000);

let installation: Installation;
let browser: Browser;
let visitor: Visitor;
let page: Page;

bringConsole('credit-manager', (brought) => void ({ installation, browser, visitor, page } = brought));

const overdue = '{"field": "invoice.daysPastDue", "op": ">", "value": 5}';

test('an automation is written, tried on the last 90 days, saved, and switched on', async () => {
  await openPage(page, '/automations', 'Automations');
  await page.getByRole('link', { name: 'New automation' }).click();
  await page.getByRole('heading', { level: 1, name: 'New automation' }).waitFor();
  await page.getByLabel('Title').fill('Call about what is 20 days late');
  await page.getByLabel('Short name').fill('late-20');
  await page.getByLabel('Days past due').fill('10');
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('combobox', { name: 'If: kind' }).selectOption('all');
  await page.getByText('In words: ').waitFor();
  await expectFit(page, 'condition-builder');
  await page.getByLabel('If: as text').check();
  await page.getByRole('textbox', { name: 'If' }).fill('{"field": "invoice.balanse"');
  await page.getByText('This is not JSON yet').waitFor();
  await page.getByRole('textbox', { name: 'If' }).fill(overdue);
  await page.getByRole('button', { name: 'Dry run over 90 days' }).click();
  await page.getByRole('status').filter({ hasText: /It would have fired [1-9]/ }).waitFor();
  await expectFit(page, 'automation-editor');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Call about what is 20 days late' }).waitFor();
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByRole('button', { name: 'Switch off' }).waitFor();
  await expectFit(page, 'automation');
  await openPage(page, '/automations', 'Automations');
  await page.getByText('An invoice is 10 days past due, if').waitFor();
  await expectFit(page, 'automations');
});

test('what it hears of while its page is open is shown without a reload', async () => {
  await page.getByRole('link', { name: 'Call about what is 20 days late' }).click();
  await page.getByRole('heading', { level: 1, name: 'Call about what is 20 days late' }).waitFor();
  await page.getByText('Nothing has happened yet that it listens to').or(page.getByRole('table', { name: 'What it has heard of' })).waitFor();
  await installation.knex.raw(
    `WITH heard AS (INSERT INTO events (key, kind, customer_id, at) SELECT 'heard/while/looking', 'invoice.overdue', id, now() FROM customers WHERE external_id = 'C-1' RETURNING id, customer_id)
     INSERT INTO automation_firings (version_id, event_id, automation_id, customer_id, state, decided_at, reason)
     SELECT a.active_version_id, heard.id, a.id, heard.customer_id, 'not-met', now(), 'heard of while somebody looked' FROM heard, automations a WHERE a.key = 'late-20'`);
  await page.getByRole('table', { name: 'What it has heard of' }).getByText('heard of while somebody looked').waitFor();
});

test('the builder offers what the chosen event tells, with the names that there are, and says what another does not tell', async () => {
  await openPage(page, '/automations/new', 'New automation');
  await page.getByRole('combobox', { name: 'When this happens' }).click();
  await page.getByRole('option', { name: 'A task is overdue' }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('combobox', { name: 'If: field' }).click();
  await page.getByRole('option', { name: 'Queue of the task' }).click();
  await page.getByRole('textbox', { name: 'If: value' }).or(page.getByRole('combobox', { name: 'If: value' })).fill('Sales');
  await page.getByText('In words: queue of the task is Sales').waitFor();
  await expectFit(page, 'condition-of-an-event');
  await page.getByRole('combobox', { name: 'When this happens' }).click();
  await page.getByRole('option', { name: 'A customer joins a segment' }).click();
  await page.getByText('segment.joined does not tell event.queue: task.overdue does').waitFor();
});

test('a condition on a field that there is not is refused with the nearest name', async () => {
  await openPage(page, '/automations/new', 'New automation');
  await page.getByLabel('Title').fill('Wrong');
  await page.getByLabel('Short name').fill('wrong');
  await page.getByLabel('If: as text').check();
  await page.getByRole('textbox', { name: 'If' }).fill('{"field": "invoice.balanse", "op": ">", "value": {"EUR": "1.00"}}');
  await page.getByRole('alert').getByText(/did you mean "invoice\.balance"/).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/invoice\.balance/).first().waitFor();
});

test('a campaign is drafted, launched, and its results are there', async () => {
  await openPage(page, '/campaigns', 'Campaigns');
  await page.getByRole('link', { name: 'New campaign' }).click();
  // The list has a field of that name to search in.
  await page.getByRole('heading', { level: 1, name: 'New campaign' }).waitFor();
  await page.getByLabel('Title').fill('Spring clean');
  await page.getByLabel('Short name').fill('spring-clean');
  await page.getByLabel('With an open invoice on which this holds: as text').check();
  await page.getByRole('textbox', { name: 'With an open invoice on which this holds' }).fill(overdue);
  await page.getByRole('button', { name: 'Add a step for those who have not answered' }).click();
  await page.getByLabel('What', { exact: true }).nth(1).selectOption('escalate');
  await page.getByRole('combobox', { name: 'Email to the escalation contacts' }).waitFor();
  await page.getByLabel('Find out whether it helps').check();
  await page.getByRole('button', { name: 'Add a variant' }).click();
  await page.getByRole('button', { name: 'Add a variant' }).click();
  await page.getByText('The percentages are to add up to 100').waitFor();
  await page.getByLabel('Percent', { exact: true }).nth(0).fill('45');
  await page.getByLabel('Percent', { exact: true }).nth(1).fill('45');
  await page.getByText('The percentages are to add up to 100').waitFor({ state: 'detached' });
  await expectFit(page, 'campaign-editor');
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByRole('heading', { level: 1, name: 'Spring clean' }).waitFor();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('status').filter({ hasText: /[1-9]\d* customers? would join now\..*The first step is taken for \d+/ }).waitFor();
  await page.getByRole('table', { name: 'What they owe' }).waitFor();
  await page.getByRole('table', { name: 'How they are drawn' }).getByRole('row').nth(3).waitFor();
  await page.getByRole('table', { name: 'Who would join' }).getByRole('link').first().waitFor();
  await expectFit(page, 'campaign-preview');
  await page.getByRole('button', { name: 'Launch' }).click();
  await page.getByRole('dialog').getByRole('status').filter({ hasText: /would join now/ }).waitFor();
  await expectFit(page, 'campaign-launch');
  await page.getByRole('dialog').getByRole('button', { name: 'Launch' }).click();
  await page.getByRole('table', { name: 'Customers by group' }).waitFor({ timeout: 90_000 });
  await page.getByRole('table', { name: 'Collected by group' }).waitFor();
  await page.getByRole('table', { name: 'Who is in it' }).getByRole('link').first().waitFor();
  await expectFit(page, 'campaign');
  await openPage(page, '/campaigns', 'Campaigns');
  await page.getByRole('link', { name: 'Spring clean' }).waitFor();
  await expectFit(page, 'campaigns');
  expect(visitor.complaints).toEqual([]);
});

test('an automation picks its templates, queues and policies from what there is; one that could never happen is refused with its place', async () => {
  await installation.knex('task_templates').insert({ name: 'thanks', title: 'Thank them', queue: 'Sales' });
  await openPage(page, '/automations/new', 'New automation');
  await page.getByLabel('Title').fill('Thank who has paid');
  await page.getByLabel('Short name').fill('thanks');
  await page.getByRole('combobox', { name: 'When this happens' }).click();
  await page.getByRole('option', { name: 'An invoice is paid in full' }).click();
  for (const action of ['Send an email', 'Start another policy', 'Offer a discount', 'Hand off to an agency', 'Escalate', 'Give somebody a task']) {
    await page.getByRole('combobox', { name: 'Add an action' }).click();
    await page.getByRole('option', { name: action }).click();
  }
  await page.getByRole('combobox', { name: 'Email: template' }).fill('invoice');
  await page.getByRole('option', { name: /\(delivery\)/ }).click();
  await page.getByRole('combobox', { name: 'Policy' }).click();
  await page.getByRole('option', { name: /reference/ }).click();
  const task = page.getByRole('group', { name: 'Give somebody a task' }).last();
  await task.getByRole('combobox', { name: 'Queue' }).click();
  await page.getByRole('option', { name: 'Customer Care' }).click();
  await task.getByLabel('What is to be done').fill('Thank {customer}');
  await task.getByRole('combobox', { name: 'Task template' }).click();
  await page.getByRole('option', { name: '(thanks)', exact: false }).click();
  await task.getByLabel('How').fill('Say that {invoice} is paid, and ask whether all was well.');
  const email = page.getByRole('group', { name: 'Send an email' });
  // The field itself lies under the roles that are chosen.
  await email.getByRole('combobox', { name: 'To' }).click({ force: true });
  await page.getByRole('option', { name: 'Leadership' }).click();
  await page.keyboard.press('Escape');
  await expectFit(page, 'automation-actions');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('after invoice.settled no email ever happens').first().waitFor();
  await expectFit(page, 'automation-refused');
  for (const action of ['Send an email', 'Offer a discount', 'Hand off to an agency']) await page.getByRole('group', { name: action }).getByRole('button', { name: /^Remove action/ }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Thank who has paid' }).waitFor();
  await page.getByText('task for Customer Care (template thanks)', { exact: false }).waitFor();
});

test('an experiment on policies runs, and is ended by saying what becomes of its customers', async () => {
  await openPage(page, '/campaigns/new', 'New campaign');
  await page.getByLabel('Title').fill('Two ways to collect');
  await page.getByLabel('Short name').fill('two-ways');
  await page.getByLabel('With an open invoice on which this holds: as text').check();
  await page.getByRole('textbox', { name: 'With an open invoice on which this holds' }).fill(overdue);
  await page.getByRole('button', { name: 'Remove step 1' }).click();
  await page.getByLabel('Find out whether it helps').check();
  await page.getByRole('button', { name: 'Add a variant' }).click();
  await page.getByRole('button', { name: 'Add a variant' }).click();
  await page.getByLabel('Percent', { exact: true }).nth(0).fill('45');
  await page.getByLabel('Percent', { exact: true }).nth(1).fill('45');
  await page.getByRole('combobox', { name: 'Policy' }).nth(1).click();
  await page.getByRole('option', { name: /reference/ }).click();
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByRole('heading', { level: 1, name: 'Two ways to collect' }).waitFor();
  await page.getByRole('button', { name: 'Launch' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Launch' }).click();
  await page.getByRole('table', { name: 'Customers by group' }).waitFor({ timeout: 90_000 });
  await page.getByText('mixture sequential probability ratio test').waitFor();
  // As if they had joined so long ago that their horizon is over.
  await installation.knex.raw(`UPDATE campaign_members SET joined_at = joined_at - interval '120 days' WHERE run_id = (SELECT max(id) FROM campaign_runs)`);
  await page.reload();
  await page.getByRole('status').filter({ hasText: /Nothing can be declared before 30 customers of each group are through their horizon: .* needs \d+ more/ }).first().waitFor();
  await page.getByRole('table', { name: /^Variants in [A-Z]{3} against each other$/ }).first().waitFor();
  await expectFit(page, 'experiment');
  await page.getByRole('button', { name: 'End the experiment' }).click();
  await page.getByRole('radio', { name: 'stay', exact: true }).check();
  await page.getByRole('dialog').getByLabel('Reason').fill('enough is known');
  await expectFit(page, 'end-experiment');
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByText('stay on the policies that they were drawn for').waitFor();
  await expectFit(page, 'experiment-ended');
  expect(visitor.complaints).toEqual([]);
});

test('who may only read sees them and is offered no change', async () => {
  const other = await visit(browser, installation.url);
  await signIn(other.page, 'viewer');
  await openPage(other.page, '/campaigns', 'Campaigns');
  await other.page.getByRole('link', { name: 'Spring clean' }).waitFor();
  expect(await other.page.getByRole('link', { name: 'New campaign' }).count()).toBe(0);
  await openPage(other.page, '/automations', 'Automations');
  expect(await other.page.getByRole('switch').count()).toBe(0);
  await other.leave();
});
