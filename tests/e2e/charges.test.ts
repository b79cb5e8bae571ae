import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readPolicyFile } from '../../cli/policyFiles';
import { systemActor } from '../../db/audit/actor';
import { offerDiscounts } from '../../db/discounts';
import { openDispute, resolveDispute } from '../../db/disputes';
import { recordPayments, upsertInvoices } from '../../db/ledger';
import { publishPolicy } from '../../db/policies';
import { expectFit, launchBrowser, signIn, visit } from './browser';
import { startInstallation, type Installation } from './installation';
import { clockStarts } from './seed';

jest.setTimeout(300_000);

let installation: Installation;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [installation, browser] = await Promise.all([startInstallation(), launchBrowser()]);
  const { knex } = installation;
  const strict = await readPolicyFile(path.join(__dirname, '../../policies/strict.yaml'));
  await knex.transaction((trx) => publishPolicy(trx, { ...strict, actor: systemActor, activate: false, inForce: true }));
  await recordPayments(knex, { actor: systemActor, at: new Date(clockStarts) }, [{ externalId: 'PAY-LEFT', customerExternalId: 'C-3', receivedAt: '2026-02-20', currency: 'USD', amountMinor: 3_000 }]);
  const { id } = await knex('invoices').where({ external_id: 'INV-1' }).first('id') as { id: number };
  await knex.transaction((trx) => offerDiscounts(trx, [{ key: 'offer/INV-1', invoiceId: id, source: 'policy', sourceName: 'reference@1/deliver', rule: { kind: 'percent', rate: 20_000 }, forDays: 10 }], new Date('2026-02-01T09:00:00Z')));
  ({ page } = await visit(browser, installation.url));
  await page.goto('/sign-in');
  await signIn(page, 'credit-manager');
});
afterAll(async () => {
  await browser?.close();
  await installation?.stop();
});

test('a late fee is charged on an invoice, paid in part from what is left of a payment, and the rest waived', async () => {
  const { id } = await installation.knex('invoices').where({ external_id: 'INV-4' }).first('id') as { id: number };
  await page.goto(`/invoices/${id}`);
  const section = page.getByRole('region', { name: 'Late fees and interest', exact: true });
  await section.getByRole('button', { name: 'Charge' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Rule' }).click();
  await page.getByRole('option', { name: 'A fixed fee' }).click();
  await dialog.getByLabel('Amount, USD', { exact: false }).fill('50.00');
  await dialog.getByRole('button', { name: 'Charge' }).click();
  await section.getByRole('button', { name: 'Pay the late-fee' }).click();
  await dialog.getByLabel('From what is left of').waitFor();
  await dialog.getByText('30.00 USD goes to the charge.').waitFor();
  await dialog.getByRole('button', { name: 'Pay', exact: true }).click();
  await section.getByRole('cell', { name: '20.00 USD' }).first().waitFor();
  await section.getByRole('button', { name: 'Pay the late-fee' }).click();
  await dialog.getByText('Nothing is left of the customer\'s payments in USD.', { exact: false }).waitFor();
  await page.keyboard.press('Escape');
  await expectFit(page, 'invoice-charges');
});

test('reference rates say where they come from; one that was published is added', async () => {
  await page.goto('/rates');
  await page.getByText('Irish Department of Enterprise', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Add a rate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reference rate, in percent', { exact: false }).fill('2,4');
  await dialog.getByText('A percentage with a point').waitFor();
  await dialog.getByLabel('Reference rate, in percent', { exact: false }).fill('2.4');
  await dialog.getByLabel('Where it was published', { exact: false }).fill('ECB, press release');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('cell', { name: 'ECB, press release' }).waitFor();
  await expectFit(page, 'rates');
});

test('what became of discounts is a table, filtered by the days of the offers', async () => {
  await page.goto('/discounts');
  await page.getByRole('cell', { name: 'reference@1/deliver', exact: false }).waitFor();
  await expectFit(page, 'discounts');
  await page.setViewportSize({ width: 768, height: 900 });
  await page.waitForFunction(() => [...document.querySelectorAll('table')].every(({ parentElement }) => parentElement!.scrollWidth <= parentElement!.clientWidth));
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByLabel('Offered from').fill('2026-02-15');
  await page.getByText('No discount was offered').waitFor();
});

test('a policy\'s form has calendar, caps, lateness, escalation, leadership, fixed fees, contractual interest, approvals and other policies to start, and writes them as YAML', async () => {
  await page.goto('/policy?tab=drafts');
  await page.getByRole('button', { name: 'Begin a draft' }).click();
  await page.getByText('Valid', { exact: true }).waitFor();
  await page.getByLabel('Escalation contacts are written to too').selectOption({ label: 'from “Sales takes it up” on' });
  const step = page.getByRole('listitem', { name: 'Sales takes it up', exact: true });
  await page.getByRole('button', { name: 'Open all steps' }).click();
  const add = async (action: string): Promise<void> => {
    await step.getByRole('button', { name: 'Add an action to Sales takes it up' }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  await add('Email to leadership');
  await add('Escalation');
  const raised = step.getByRole('group', { name: 'Escalation' });
  await raised.getByLabel('What is to be decided').fill('Go on delivering to {customer}?');
  await raised.getByRole('combobox', { name: 'Told besides' }).click();
  await page.getByRole('option', { name: 'sales', exact: true }).click();
  await add('Late fee or interest');
  await add('Hand-off');
  await add('Start of another policy');
  await step.getByRole('group', { name: 'Start of another policy' }).getByRole('combobox', { name: 'Policy' }).click();
  await page.getByRole('option', { name: '(strict)', exact: false }).click();
  const fee = step.getByRole('group', { name: 'Late fee or interest' });
  await fee.getByLabel('What is charged').selectOption('fixed');
  await fee.getByLabel('Fee: amount in USD').fill('35.00');
  await fee.getByLabel('Fee: another currency').fill('JPY');
  await page.getByRole('option', { name: 'JPY' }).click();
  await fee.locator('input:focus').fill('4000');
  await page.getByText('JPY: "4000"', { exact: false }).waitFor({ state: 'attached' });
  await fee.getByLabel('What is charged').selectOption('interest');
  await fee.getByLabel('Percent a year').fill('9.5');
  await step.getByRole('group', { name: 'Hand-off' }).getByLabel('Who has to agree first').selectOption('admin');
  await step.getByLabel('When its day was missed').selectOption('sendLate');
  await step.getByLabel('Days late at most').fill('7');
  await step.getByLabel('Days after the level before').fill('6');
  await page.getByRole('listitem', { name: 'Account hold until payment', exact: true }).getByLabel('Email when it is released').fill('overdue-7');
  await page.getByRole('button', { name: 'When steps run, and how often one customer is written to' }).click();
  const rules = page.getByRole('group', { name: 'When steps run' });
  await rules.getByLabel('until', { exact: true }).fill('16:30');
  await rules.getByLabel('Days off').selectOption('country');
  await rules.getByLabel('Region').fill('BY');
  const often = page.getByRole('group', { name: 'How often one customer is written to' });
  await often.getByLabel('Messages in any 30 days').fill('4');
  await often.getByLabel('Emails of one day').selectOption('per-invoice');
  await page.getByText('Valid', { exact: true }).waitFor();
  const text = await page.getByLabel('Policy as YAML').inputValue();
  for (const written of ['from: sales-30', 'owner-manager', 'escalate:', 'title: Go on delivering to {customer}?', 'audience: sales', 'rate: "9.5"', 'by: admin', 'startPolicy:', 'policy: strict', 'limitDays: 7', 'minimumNoticeDays: 6', 'closes: 16:30', 'country: DE', 'region: BY', 'messages: 4', 'merge: per-invoice']) expect(text).toContain(written);
  expect(text).toMatch(/releaseNotice: \{ *template: overdue-7, to: /);
  const threshold = page.getByRole('listitem', { name: 'Account hold until payment', exact: true }).getByRole('group', { name: 'Only if: value: amounts' });
  await expect(threshold.getByRole('textbox').count()).resolves.toBeLessThan(10);
  await page.getByRole('listitem', { name: 'Account hold until payment', exact: true }).getByRole('button', { name: /more currencies/ }).click();
  await threshold.getByLabel('Only if: value: amount in ZAR').waitFor();
  await page.getByRole('listitem', { name: 'Account hold until payment', exact: true }).getByRole('button', { name: 'Fewer currencies' }).click();
  await expectFit(page, 'policy-form');
});

test('a discount beside a dispute: its part is taken off, and what can still be earned is said once the rest is owed after all', async () => {
  const { knex } = installation;
  const context = { actor: systemActor, at: new Date(clockStarts) };
  const invoice = 'INV-DISCOUNT';
  await upsertInvoices(knex, context, [{ externalId: invoice, customerExternalId: 'C-3', issuedOn: '2026-02-15', dueOn: '2026-03-20', currency: 'USD', totalMinor: 100_000 }]);
  const { id } = await knex('invoices').where({ external_id: invoice }).first('id') as { id: number };
  await knex.transaction((trx) => offerDiscounts(trx, [{ key: `offer/${invoice}`, invoiceId: id, source: 'person', sourceName: 'Mia Brandt', rule: { kind: 'percent', rate: 20_000 }, forDays: 10 }], context.at));
  const { disputeId } = await openDispute(knex, context, { externalId: 'D-DISCOUNT', invoiceExternalId: invoice, amountMinor: 40_000, reason: 'price', source: 'api' });
  await page.goto(`/invoices/${id}`);
  const section = page.getByRole('region', { name: 'Discounts for paying early' });
  await section.getByText('Mia Brandt · 12.00 USD off for 588.00 USD').waitFor();
  await recordPayments(knex, context, [{ externalId: 'PAY-DISCOUNT', invoiceExternalId: invoice, receivedAt: context.at.toISOString(), currency: 'USD', amountMinor: 58_800 }]);
  await knex.transaction((trx) => resolveDispute(trx, context, disputeId!, { kind: 'invalid' }, null));
  await page.reload();
  await section.getByRole('cell', { name: 'Taken off' }).waitFor();
  await section.getByText('Mia Brandt · 8.00 USD more off for 392.00 USD').waitFor();
  await expectFit(page, 'invoice-discounts');
});
