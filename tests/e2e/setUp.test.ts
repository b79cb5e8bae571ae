import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { expectFit, openPage, type Visitor } from './browser';
import type { Installation } from './installation';

jest.setTimeout(240_000);

let installation: Installation;
let visitor: Visitor;
let page: Page;

bringConsole('admin', (brought) => void ({ installation, visitor, page } = brought));

const dialog = () => page.getByRole('dialog');
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

describe('setting things up', () => {
  test('a file with a bad row: the dry run names it by line, column, value and reason, and the import takes the others', async () => {
    await openPage(page, '/import', 'Import');
    await page.getByRole('radiogroup', { name: 'What the file holds' }).getByText('Invoices').click();
    await page.locator('input[type="file"]').setInputFiles(file('march.csv', [
      'Invoice number;Customer;issued_on;due_on;currency;Amount;Site',
      'CSV-1;C-1;2026-03-01;2026-03-31;GBP;100,50;Leeds',
      'CSV-2;C-1;2026-03-01;soon;GBP;80,00;York',
      'CSV-3;C-2;2026-03-01;2026-03-31;EUR;1.200,00;Ulm',
    ].join('\n')));
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import march.csv' }).waitFor();
    await expect(page.getByLabel('Column for external_id').inputValue()).resolves.toBe('Invoice number');
    await expect(page.getByLabel('Column for total').inputValue()).resolves.toBe('Amount');
    await page.getByRole('button', { name: 'Dry run' }).click();
    const bad = page.getByRole('table', { name: 'Rows that were rejected' });
    await bad.getByText('soon').waitFor();
    await expect(bad.getByRole('row').nth(1).innerText()).resolves.toMatch(/^3\s+due_on\s+soon\s+.+/);
    expect(await invoicesNamed('CSV-%')).toEqual([]);

    await page.getByLabel('Save this matching as').fill('ERP, monthly');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved as ERP, monthly.').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('2 created').waitFor();
    expect(await invoicesNamed('CSV-%')).toEqual([{ external_id: 'CSV-1', total_minor: 10_050 }, { external_id: 'CSV-3', total_minor: 120_000 }]);
  });

  test('the policy stands as a ladder beside its source, and is simulated on this ledger', async () => {
    await openPage(page, '/policy', 'Policy');
    await page.getByRole('region', { name: 'Steps' }).getByText('Account hold until payment').waitFor();
    await page.getByRole('region', { name: 'Source of the policy' }).getByText('minimumDaysBetween').waitFor();
    await page.getByRole('tab', { name: 'Simulation' }).click();
    await page.getByText(/\d+ invoices, \d+ decisions/).waitFor();
    await page.getByRole('table', { name: 'Totals by step' }).getByText('Customer Care calls').first().waitFor();
    await page.getByRole('table', { name: 'Simulated decisions' }).getByText('INV-5').first().waitFor();
  });

  test('a draft with errors cannot be published; put right, it becomes the active version', async () => {
    const reference = readFileSync(path.join(__dirname, '../../policies/reference.yaml'), 'utf8');
    await openPage(page, '/policy', 'Policy');
    await page.getByRole('button', { name: 'Publish a version' }).click();
    const source = dialog().getByLabel('Policy, in YAML or JSON');
    await source.fill(reference.replace('version: 1', 'version: 2').replace('offset: { days: 7 }', 'offset: { days: soon }'));
    await dialog().getByRole('button', { name: 'Check' }).click();
    await dialog().getByText('steps[2].offset.days').first().waitFor();
    await expect(dialog().getByRole('button', { name: 'Compare and publish' }).isDisabled()).resolves.toBe(true);
    await source.fill(reference.replace('version: 1', 'version: 2').replace('offset: { days: 7 }', 'offset: { days: 8 }'));
    await dialog().getByRole('button', { name: 'Check' }).click();
    await dialog().getByText('version 2: no errors').waitFor();
    // Whoever thinks better of it is back at the text, and leaves nothing behind.
    await dialog().getByRole('button', { name: 'Compare and publish' }).click();
    await dialog().getByRole('button', { name: 'Back to the text' }).click();
    expect(await source.inputValue()).toContain('offset: { days: 8 }');
    expect(await installation.knex('policy_drafts').select('id')).toEqual([]);
    await dialog().getByRole('button', { name: 'Compare and publish' }).click();
    await dialog().getByText('What changes from reference, version 1').waitFor();
    await dialog().getByText('8 days after the due date', { exact: false }).waitFor();
    await dialog().getByLabel('Move, and what was done counts').check();
    await dialog().getByLabel('Reason for the move').fill('A day later');
    await expect(dialog().getByRole('button', { name: 'Publish', exact: true }).isDisabled()).resolves.toBe(true);
    await dialog().getByRole('button', { name: 'Show what would be repeated or passed over' }).click();
    await dialog().getByText(/\d+ invoices? of \d+ customers?/).waitFor();
    await expectFit(page, 'publish-version');
    await dialog().getByLabel('Stay on the version that they are on').check();
    await dialog().getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('reference, version 2').waitFor();
    expect(await installation.knex('policy_drafts').select('id')).toEqual([]);
  });

  test('two versions are compared in words, and the older one is put in force again', async () => {
    await openPage(page, '/policy?tab=versions', 'Policy');
    await page.getByRole('button', { name: 'reference 1' }).waitFor();
    await expectFit(page, 'policy-versions');
    await page.getByRole('button', { name: 'reference 1' }).click();
    await page.getByText('Not in force').waitFor();
    await page.getByRole('combobox', { name: 'Compare with another version' }).click();
    await page.getByRole('option', { name: 'reference, version 2' }).click();
    const differences = page.getByRole('region', { name: 'Differences' });
    await differences.getByText('8 days after the due date became 7 days after the due date', { exact: false }).waitFor();
    // In the address: a reload, or a colleague, sees the same.
    await page.reload();
    await differences.getByText('8 days after the due date became 7 days after the due date', { exact: false }).waitFor();
    await expectFit(page, 'version-differences');
    await page.getByRole('button', { name: 'Put in force' }).click();
    await dialog().getByText('What changes from reference, version 2').waitFor();
    await dialog().getByText('8 days after the due date became 7 days after the due date', { exact: false }).waitFor();
    await dialog().getByLabel('Move, and what was done counts').check();
    await expect(dialog().getByRole('button', { name: 'Put in force' }).isDisabled()).resolves.toBe(true);
    await dialog().getByLabel('Stay on the version that they are on').check();
    await expectFit(page, 'put-in-force');
    await dialog().getByRole('button', { name: 'Put in force' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('Active', { exact: true }).waitFor();
    expect(await installation.knex('policy_versions').where({ active: true, in_force: true }).select('version')).toEqual([{ version: 1 }]);
  });

  test('an API key is shown once and works until it is revoked', async () => {
    await openPage(page, '/api-keys', 'API keys');
    await page.getByRole('button', { name: 'Make an API key' }).click();
    await dialog().getByLabel('Name').fill('ERP');
    await dialog().getByRole('button', { name: 'Make the key' }).click();
    const key = await dialog().locator('[data-secret]').innerText();
    const ask = () => fetch(`${installation.url}/api/v1/invoices`, { headers: { authorization: `Bearer ${key}` } });
    expect((await ask()).status).toBe(200);
    await dialog().getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Revoke ERP' }).waitFor();
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: 'Revoke ERP' }).click();
    await dialog().getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('table', { name: 'API keys' }).getByText('Revoked', { exact: true }).waitFor();
    expect((await ask()).status).toBe(401);
  });

  test('a user is added with a password that is shown once', async () => {
    await openPage(page, '/users', 'Users');
    await page.getByRole('button', { name: 'Add user' }).click();
    await dialog().getByLabel('Name').fill('Nina New');
    await dialog().getByLabel('Email').fill('nina@console.example');
    await dialog().getByRole('button', { name: 'Add user' }).click();
    await dialog().locator('[data-secret]').waitFor();
    await dialog().getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Nina New' }).waitFor();
  });

  test('a user gets a manager, who is kept when the manager has left', async () => {
    const nina = page.getByRole('button', { name: 'Nina New' });
    await nina.press('Enter');
    await dialog().getByLabel('Manager', { exact: false }).selectOption({ label: 'Test sales' });
    await expectFit(page, 'user');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'Nina New' }).getByText('Test sales').waitFor();
    await installation.knex('users').where({ name: 'Test sales' }).update({ active: false });
    await page.reload();
    await nina.click();
    await expect(dialog().getByLabel('Manager', { exact: false }).locator('option:checked').textContent()).resolves.toBe('Somebody who has left');
    await dialog().getByLabel('Name').fill('Nina Newer');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'Nina Newer' }).waitFor();
    await installation.knex('users').where({ name: 'Test sales' }).update({ active: true });
  });

  test('a contact that someone else has changed meanwhile is not overwritten', async () => {
    await openPage(page, '/customers?search=Alder', 'Customers');
    await page.getByRole('link', { name: 'Alder Paper' }).click();
    await page.getByRole('button', { name: 'Edit ann@alder.example' }).click();
    await installation.knex.raw(`UPDATE contacts SET phone = '+44 20 7946 0000', row_version = row_version + 1 WHERE email = 'ann@alder.example'`);
    await dialog().getByLabel('Name').fill('Anna Alder');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByRole('alert').waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    const { rows } = await installation.knex.raw<{ rows: { name: string }[] }>(`SELECT name FROM contacts WHERE email = 'ann@alder.example'`);
    expect(rows).toEqual([{ name: 'Ann Alder' }]);
  });

  test('a hold is placed on a customer by hand and released with a reason', async () => {
    await openPage(page, '/holds', 'Holds');
    await page.getByRole('button', { name: 'Place a hold' }).click();
    await dialog().getByRole('combobox', { name: 'Customer' }).fill('Dovetail');
    await page.getByRole('option', { name: 'Dovetail Joinery' }).click();
    await dialog().getByLabel('Reason').fill('Insolvency reported');
    await dialog().getByRole('button', { name: 'Place the hold' }).click();
    await page.getByRole('button', { name: 'Release the hold on Dovetail Joinery' }).click();
    await dialog().getByLabel('Reason').fill('It was another company');
    await dialog().getByRole('button', { name: 'Release the hold' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Release the hold on Dovetail Joinery' }).waitFor({ state: 'detached' });
  });

  test('the audit trail has it all, and verifies', async () => {
    await openPage(page, '/audit', 'Audit');
    await page.getByRole('row').filter({ hasText: 'Test admin' }).first().waitFor();
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('The chain is whole').waitFor();
  });

  test('nothing of all this made the browser complain', () => {
    expect(visitor.complaints).toEqual([]);
  });
});

async function invoicesNamed(pattern: string): Promise<{ external_id: string; total_minor: number }[]> {
  const { rows } = await installation.knex.raw<{ rows: { external_id: string; total_minor: number }[] }>('SELECT external_id, total_minor FROM invoices WHERE external_id LIKE ? ORDER BY external_id', [pattern]);
  return rows;
}
