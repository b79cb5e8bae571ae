import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { expectFit, openPage, type Visitor } from './browser';
import type { Installation } from './installation';

jest.setTimeout(300_000);

let installation: Installation;
let visitor: Visitor;
let page: Page;
const unknown = randomUUID();

bringConsole('admin', async (brought) => {
  ({ installation, visitor, page } = brought);
  const { knex } = installation;
  const collector = await knex('users').where({ email: 'collector@console.example' }).first<{ id: number; email: string }>('id', 'email');
  const customer = await knex('customers').where({ external_id: 'C-1' }).first<{ id: number }>('id');
  const mail = (id: string, subject: string, over: object) => ({
    id, idempotency_key: id, user_id: collector.id, to_address: collector.email, from_address: 'us@example.com', template: 'internal-notice', template_version: 1, subject, html: '', body_text: `${subject}\n\nThis is about Alder Paper.`, payload: '{}',
    provider: 'smtp', attempts: 1, at: '2026-03-01T09:00:00Z', next_at: '2026-03-01T09:00:00Z', ...over,
  });
  const [task] = await knex('tasks').insert({ key: 'call', queue: 'Customer Care', title: 'Call Alder Paper', customer_id: customer.id, due_on: '2026-03-03', created_at: '2026-03-01T09:00:00Z' }).returning<{ id: number }[]>('id');
  await knex('notice_mails').insert([mail(unknown, 'Your task: Call Alder Paper', { state: 'unknown', state_reason: 'smtp may or may not have taken the message: the line broke' }), mail(randomUUID(), '3 notices', { state: 'bounced', state_reason: 'no such mailbox' })]);
  await knex('notices').insert({ key: 'told', user_id: collector.id, kind: 'task-assigned', title: 'Your task: Call Alder Paper', customer_id: customer.id, task_id: task!.id, at: '2026-03-01T09:00:00Z', mail_id: unknown });
  await knex('suppressed_addresses').insert({ email: collector.email, reason: 'bounced' });
});

test('emails to colleagues are listed and filtered in the address; one of unknown outcome is settled, and its task opens from a link', async () => {
  await openPage(page, '/notices', 'Notices');
  await page.getByRole('button', { name: '3 notices' }).waitFor();
  await expectFit(page, 'notices');
  await page.getByRole('combobox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'Outcome unknown' }).click();
  await page.waitForURL(/state=unknown/);
  await page.getByRole('button', { name: '3 notices' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Your task: Call Alder Paper' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('the line broke', { exact: false }).waitFor();
  expect(new URL(page.url()).searchParams.get('mail')).toBe(unknown);
  await page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]') !== null);
  await expectFit(page, 'notice');
  await dialog.getByRole('radio', { name: /It was not sent/ }).check();
  await dialog.getByLabel('How you know', { exact: false }).fill('The server has no trace of it');
  // The list comes late, as on a busy machine: by then the email is shown as settled, without the form that settled it.
  const closed = dialog.waitFor({ state: 'detached' });
  await page.route(/\/notice-mails\?/, async (route) => {
    await closed;
    await route.continue();
  });
  await dialog.getByRole('button', { name: 'Settle' }).click();
  await closed;
  await page.getByText('No email matches').waitFor();
  await expect(installation.knex('notice_mails').where({ id: unknown }).pluck('state')).resolves.toEqual(['failed']);
  const { id } = await installation.knex('tasks').where({ key: 'call' }).first<{ id: number }>('id');
  await page.goto(`/tasks?task=${id}`);
  await dialog.getByText('Call Alder Paper').first().waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('');
});

test('the bell shows what is new to oneself, and what others are told under All; reading it clears it for oneself only', async () => {
  const { knex } = installation;
  await knex('users').insert({ email: 'second@console.example', name: 'Second admin', role: 'admin', password_hash: 'none' });
  await knex('notifications').insert([
    { key: 'bell-1', audience: 'admin', title: 'Two months overdue', at: '2026-03-01T09:00:00Z' }, { key: 'bell-2', audience: 'admin', title: 'Pallets are missing', at: '2026-03-01T09:00:00Z' }, { key: 'bell-3', audience: 'sales', title: 'A discount ends', at: '2026-03-01T09:00:00Z' },
  ]);
  await openPage(page, '/notices', 'Notices');
  await page.getByRole('button', { name: 'Notifications, 2 unread' }).click();
  const bell = page.getByRole('dialog', { name: 'Notifications' });
  await bell.getByText('Pallets are missing').waitFor();
  await expect(bell.getByText('A discount ends').count()).resolves.toBe(0);
  await expectFit(page, 'bell');
  await bell.getByRole('button', { name: 'Mark as read: Pallets are missing' }).click();
  await bell.getByText('Pallets are missing').waitFor({ state: 'detached' });
  await bell.getByText('All', { exact: true }).click();
  await bell.getByText('A discount ends').waitFor();
  await bell.getByText('Pallets are missing').waitFor();
  await expect(bell.getByRole('button', { name: /^Mark as read/ }).count()).resolves.toBe(1);
  await bell.getByRole('button', { name: 'Mark all as read' }).click();
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  const { rows } = await knex.raw<{ rows: { name: string; unread: number }[] }>(`SELECT u.name, count(*) FILTER (WHERE r.read_at IS NULL)::int AS unread FROM notification_readers r JOIN users u ON u.id = r.user_id WHERE u.role = 'admin' GROUP BY 1 ORDER BY 1`);
  expect(rows).toEqual([{ name: 'Second admin', unread: 2 }, { name: 'Test admin', unread: 0 }]);
  await page.keyboard.press('Escape');
});

test('each chooses whether emails tell of what their groups are told', async () => {
  await page.getByRole('button', { name: 'Test admin' }).click();
  await page.getByRole('menuitem', { name: 'Emails to me' }).click();
  const dialog = page.getByRole('dialog', { name: 'Emails to you' });
  await dialog.getByRole('radio', { name: /At once/ }).check();
  await dialog.getByLabel('Also what your role', { exact: false }).check();
  await expectFit(page, 'emails-to-me');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect(installation.knex('users').where({ name: 'Test admin' }).select('notice_mail', 'notice_groups')).resolves.toEqual([{ notice_mail: 'at-once', notice_groups: true }]);
});

test('a user whom no email reaches is shown as such', async () => {
  await openPage(page, '/users', 'Users');
  await page.getByRole('row').filter({ hasText: 'collector@console.example' }).getByText('No email').waitFor();
  await page.getByRole('button', { name: 'Test collector' }).click();
  await page.getByRole('dialog').getByText('an email to it came back', { exact: false }).waitFor();
  await expectFit(page, 'user-bounced');
});

test('nothing of all this made the browser complain', () => {
  expect(visitor.complaints).toEqual([]);
});
