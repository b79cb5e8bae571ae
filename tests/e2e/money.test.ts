import type { Page } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { expectFit, openPage, type Visitor } from './browser';
import type { Installation } from './installation';

jest.setTimeout(300_000);

let installation: Installation;
let visitor: Visitor;
let page: Page;

bringConsole('admin', (brought) => void ({ installation, visitor, page } = brought));

const dialog = () => page.getByRole('dialog');
const ended = () => dialog().waitFor({ state: 'detached' });

/** Opens a dialog with the keyboard alone, which must lead into it and not out of it. */
async function openByKeyboard(button: string): Promise<void> {
  const opener = page.getByRole('button', { name: button, exact: true });
  await opener.focus();
  await page.keyboard.press('Enter');
  await heldByDialog();
}

async function heldByDialog(): Promise<void> {
  const within = (): Promise<unknown> => page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]') !== null);
  await dialog().waitFor();
  await within();
  for (let presses = 0; presses < 10; presses++) await page.keyboard.press('Tab');
  await within();
}

async function openInvoice(number: string): Promise<void> {
  await page.goto(`/invoices?state=all&search=${number}`);
  await page.getByRole('link', { name: number, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: `Invoice ${number}` }).waitFor();
}

const openMinor = async (externalId: string): Promise<number> => (await installation.knex('invoices').where({ external_id: externalId }).first<{ open_minor: number }>('open_minor')).open_minor;

test('a part of a payment goes back: the dialog says what is open again, refuses too much, and records it once', async () => {
  await openInvoice('INV-2');
  await openByKeyboard('Refund PAY-1');
  const amount = dialog().getByLabel('Amount', { exact: false });
  await expect(amount.inputValue()).resolves.toBe('450.50');
  await amount.fill('450.51');
  await dialog().getByText('At most 450.50').waitFor();
  await expect(dialog().getByRole('button', { name: 'Record refund' }).isDisabled()).resolves.toBe(true);
  await amount.fill('100.00');
  await dialog().getByText('100.00 GBP of what it settled is open again', { exact: false }).waitFor();
  await dialog().getByLabel('Reason', { exact: false }).fill('Two boxes came back');
  await expectFit(page, 'refund');
  await dialog().getByRole('button', { name: 'Record refund' }).click();
  await ended();
  await page.getByText('given back by', { exact: false }).first().waitFor();
  expect(await openMinor('INV-2')).toBe(10_000);
  await expectFit(page, 'invoice-refunded');
});

test('a chargeback takes the payment back as a whole, and leaves a task', async () => {
  await openInvoice('INV-2');
  await openByKeyboard('Reverse PAY-1');
  await dialog().getByLabel('What happened').selectOption({ label: 'Chargeback: the payer had the bank fetch it back' });
  await dialog().getByLabel('Reason', { exact: false }).fill('Disputed at the bank');
  await expectFit(page, 'chargeback');
  await dialog().getByRole('button', { name: 'Charge back' }).click();
  await ended();
  await page.getByText('450.50').first().waitFor();
  expect(await openMinor('INV-2')).toBe(45_050);
  await page.getByRole('link', { name: 'Alder Paper' }).first().click();
  await page.getByRole('region', { name: 'Timeline' }).getByText('charged back', { exact: false }).first().waitFor();
  await expect(installation.knex('tasks').where('title', 'like', '%chargeback of payment PAY-1').count()).resolves.toEqual([{ count: 1 }]);
});

test('money that is on no invoice is given back from the customer’s page, and nothing is open again', async () => {
  await installation.knex.raw(`INSERT INTO payments (external_id, customer_id, currency, amount_minor, received_at) SELECT 'ON-ACCOUNT', id, 'EUR', 5000, '2026-02-20Z' FROM customers WHERE external_id = 'C-2'`);
  await openPage(page, '/customers?search=Brauer', 'Customers');
  await page.getByRole('link', { name: 'Brauer GmbH' }).click();
  await expectFit(page, 'customer-unapplied');
  await openByKeyboard('Refund ON-ACCOUNT');
  await dialog().getByText('Nothing is open again.', { exact: false }).waitFor();
  await expectFit(page, 'refund-unapplied');
  await dialog().getByRole('button', { name: 'Record refund' }).click();
  await ended();
  await page.getByRole('region', { name: 'Timeline' }).getByText('Refund', { exact: false }).first().waitFor();
});

test('an invoice is written off in part, and the write-off is taken back', async () => {
  await openInvoice('INV-4');
  await page.getByRole('button', { name: 'More ways to settle' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Write off' }).press('Enter');
  await heldByDialog();
  await dialog().getByLabel('Amount', { exact: false }).fill('2500.01');
  await dialog().getByText('At most 2500.00').waitFor();
  await expectFit(page, 'write-off-too-much');
  await dialog().getByLabel('Amount', { exact: false }).fill('500.00');
  await dialog().getByLabel('Reason', { exact: false }).fill('Not worth the letter');
  await expectFit(page, 'write-off');
  await dialog().getByRole('button', { name: 'Write off' }).click();
  await ended();
  await page.getByText('Write-off', { exact: false }).first().waitFor();
  expect(await openMinor('INV-4')).toBe(200_000);
  await page.getByRole('button', { name: /^Reverse write-off/ }).press('Enter');
  await heldByDialog();
  await expect(dialog().getByText('reversed as a whole', { exact: false }).count()).resolves.toBe(0);
  await dialog().getByLabel('Reason', { exact: false }).fill('They pay after all');
  await dialog().getByRole('button', { name: 'Reverse' }).click();
  await ended();
  await page.getByText('reversed', { exact: false }).first().waitFor();
  expect(await openMinor('INV-4')).toBe(250_000);
});

test('who may not write off asks for it, with a time for the answer', async () => {
  await installation.knex('users').where({ email: 'collector@console.example' }).update({ name: 'Connie Collector' });
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill('collector@console.example');
  await page.locator('input[name="password"]').fill('a long enough password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await openInvoice('INV-4');
  await openByKeyboard('Ask for a write-off');
  await dialog().getByLabel('Reason', { exact: false }).fill('They are insolvent');
  await expectFit(page, 'ask-for-a-write-off');
  await dialog().getByRole('button', { name: 'Ask', exact: true }).click();
  await ended();
  await expect(installation.knex('approvals').where({ kind: 'write-off' }).count()).resolves.toEqual([{ count: 1 }]);
});

test('nothing of all this made the browser complain', () => {
  expect(visitor.complaints).toEqual([]);
});
