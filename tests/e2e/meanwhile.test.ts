import type { Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import type { Installation } from './installation';
import { makeOneOfEach } from './oneOfEach';

jest.setTimeout(300_000);

let installation: Installation;
let page: Page;
let ofEach: string[];

bringConsole('admin', async (brought) => {
  ({ installation, page } = brought);
  ofEach = await makeOneOfEach(installation);
});

const rereadEveryMs = 500;

/** The page reads it afresh, as it does by itself when somebody comes back to its tab. */
async function untilReread(path: string, rowVersion: number): Promise<void> {
  const answer = page.waitForResponse(async (response) => response.request().method() === 'GET' && new URL(response.url()).pathname === `/api/v1${path}` && ((await response.json()) as { rowVersion: number }).rowVersion === rowVersion);
  const again = setInterval(() => void page.evaluate(() => window.dispatchEvent(new Event('visibilitychange'))), rereadEveryMs);
  await answer.finally(() => clearInterval(again));
}

/** Somebody else writes it. */
async function writtenMeanwhile(table: string, id: string, changes: object = {}): Promise<number> {
  const [row] = await installation.knex(table).where({ id }).increment('row_version', 1).update(changes).returning<{ row_version: number }[]>('row_version');
  return row!.row_version;
}

const dialog = () => page.getByRole('dialog');
const forms: readonly [table: string, address: string, type: () => Promise<void>, save: () => Promise<void>][] = [
  ['campaigns', '/edit', () => page.getByLabel('Title').fill('Mine'), () => page.getByRole('button', { name: 'Save the draft' }).click()],
  ['automations', '/edit', () => page.getByLabel('Title').fill('Mine'), () => page.getByRole('button', { name: 'Save' }).click()],
  ['segments', '', async () => {
    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog().getByLabel('Name').fill('Mine');
  }, () => dialog().getByRole('button', { name: 'Save' }).click()],
  ['customers', '', async () => {
    await page.getByRole('region', { name: 'Facts' }).getByRole('button', { name: 'Edit' }).click();
    await dialog().getByLabel('Tier').fill('mine');
  }, () => dialog().getByRole('button', { name: 'Save' }).click()],
  ['templates', '', () => page.getByLabel('Heading').fill('Mine'), () => page.getByRole('button', { name: 'Save draft' }).click()],
];

test.each(forms)('a form of %s does not overwrite what another has written since it was opened, although its page has read that', async (table, address, type, save) => {
  const [, , id] = ofEach.find((each) => each.startsWith(`/${table}/`))!.split('/');
  await page.goto(`/${table}/${id}${address}`);
  await type();
  const version = await writtenMeanwhile(table, id!);
  await untilReread(`/${table}/${id}`, version);
  await save();
  await page.getByRole('alert').filter({ hasText: /changed/ }).first().waitFor();
  await expect(installation.knex(table).where({ id }).pluck('row_version')).resolves.toEqual([version]);
});

test('a template of which nothing was typed follows what another has written, and is saved on that', async () => {
  const id = ofEach.find((each) => each.startsWith('/templates/'))!.split('/')[2]!;
  await page.goto(`/templates/${id}`);
  await page.getByLabel('Heading').waitFor();
  const draft = { defaultLanguage: 'en', texts: { en: { subject: 'Theirs', heading: 'Theirs', body: 'Theirs' } } };
  const version = await writtenMeanwhile('templates', id, { draft: JSON.stringify(draft) });
  await untilReread(`/templates/${id}`, version);
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value === 'Theirs'));
  await page.getByLabel('Heading').fill('Ours');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByText('The draft is saved.').waitFor();
  // And once more: the version is that of the save before.
  await page.getByLabel('Heading').fill('Ours again');
  // The button is disabled while it saves too: what tells that it has is the answer.
  const answered = page.waitForResponse((response) => response.request().method() !== 'GET' && response.url().includes(`/templates/${id}`));
  await page.getByRole('button', { name: 'Save draft' }).click();
  expect((await answered).status()).toBe(200);
  await expect(installation.knex('templates').where({ id }).first('draft')).resolves.toMatchObject({ draft: { texts: { en: { heading: 'Ours again' } } } });
  // It is discarded when that is confirmed.
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await dialog().getByRole('button', { name: 'Discard' }).click();
  await dialog().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Discard the draft' }).waitFor({ state: 'detached' });
  await expect(installation.knex('templates').where({ id }).first('draft')).resolves.toEqual({ draft: null });
});
