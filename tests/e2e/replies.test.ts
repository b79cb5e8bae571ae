import type { Browser } from 'playwright-core';
import { systemActor } from '../../db/audit';
import { openDispute } from '../../db/disputes';
import { upsertInvoices } from '../../db/ledger';
import { recordReply, type NewReply } from '../../db/replies/recordReply';
import { recordClassification, unclassified } from '../../db/replies/settleReply';
import { classifyOffline } from '../../domain/reply/classifyOffline';
import { bringConsole } from './bringConsole';
import { expectFit, graveFindings, openPage, signIn, visit, type Visitor } from './browser';
import type { Installation } from './installation';
import { clockStarts } from './seed';

jest.setTimeout(240_000);

let installation: Installation;
let visitor: Visitor;
let browser: Browser;
const context = { actor: systemActor, at: new Date(clockStarts) };

bringConsole('collector', async (brought) => {
  ({ installation, visitor, browser } = brought);
  await comes({ mailId: 'one', fromAddress: 'ann@alder.example', subject: 'Re: Invoice INV-1', text: 'We will pay £500.00 on 20 March.\n\n> <script>alert(1)</script>' });
  await comes({ mailId: 'two', fromAddress: 'stranger@nowhere.example', subject: 'About the boat', text: 'The boat leaves at nine.' });
});

async function comes({ text, ...reply }: Pick<NewReply, 'mailId' | 'fromAddress' | 'subject' | 'text'>): Promise<void> {
  await recordReply(installation.knex, {
    source: 'imap', sourceRef: reply.mailId, fromName: null, recipients: [], writtenAt: null, text, said: text.split('\n\n')[0] ?? '', isCut: false, automatic: null, byAddress: null, byReference: null, references: [],
    attachments: [{ filename: 'run.exe', contentType: 'application/x-msdownload', bytes: 10, content: null, refused: 'files of this kind are not kept' }], ...reply,
  });
  for (const { id, ...unread } of await unclassified(installation.knex, 10)) await recordClassification(installation.knex, id, classifyOffline(unread), 'rules');
}

test('a collector finds what waits, accepts a promise with its day and amount, and corrects it; a stranger is kept', async () => {
  const { page, complaints } = visitor;
  await openPage(page, '/replies?state=triage', 'Replies');
  await page.getByRole('link', { name: 'About the boat' }).waitFor();
  expect(await graveFindings(page)).toEqual([]);
  await page.getByRole('link', { name: 'Re: Invoice INV-1' }).click();
  await page.getByRole('heading', { level: 1, name: 'Re: Invoice INV-1' }).waitFor();
  expect(await page.getByLabel('Pays by').inputValue()).toBe('2026-03-20');
  expect(await page.getByLabel(/^Amount/).inputValue()).toBe('500.00');
  await page.getByRole('tab', { name: 'The whole mail' }).click();
  await page.getByText('<script>alert(1)</script>').waitFor();
  expect(await graveFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('Settled', { exact: true }).waitFor();
  expect(await installation.knex('promises').select('state', 'amount_minor', 'source')).toEqual([{ state: 'pending', amount_minor: 50_000, source: 'reply' }]);
  await page.getByLabel('It is', { exact: true }).selectOption('other');
  await page.getByRole('button', { name: 'Take it as this' }).click();
  await page.getByText('Nothing to do, by').waitFor();
  expect(await installation.knex('promises').pluck('state')).toEqual(['cancelled']);
  expect(complaints).toEqual([]);
});

test('of a mail that was read late, from somebody who is no contact, it is told when it was written and that nobody knows the sender', async () => {
  const { page, complaints } = visitor;
  await comes({ mailId: 'late', fromAddress: 'ann@alder.example', subject: 'Late', text: 'The ship leaves at ten.' });
  await installation.knex('replies').where({ mail_id: 'late' }).update({ from_address: 'mallory@elsewhere.example', sender_known: false, written_at: '2026-02-27T05:00:00Z' });
  const { id } = await installation.knex('replies').where({ mail_id: 'late' }).first<{ id: number }>('id');
  await openPage(page, `/replies/${id}`, 'Late');
  await page.getByText('mallory@elsewhere.example, no contact of this customer').waitFor();
  await page.getByText('Written', { exact: true }).waitFor();
  await expectFit(page, 'reply-late');
  expect(complaints).toEqual([]);
});

test('of a reply that disputes two invoices one is chosen, and a part of it: that part is disputed, and nothing else', async () => {
  const { page, complaints } = visitor;
  await upsertInvoices(installation.knex, context, [{ externalId: 'INV-7', customerExternalId: 'C-1', issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: 'GBP', totalMinor: 80_000 }]);
  await comes({ mailId: 'three', fromAddress: 'ann@alder.example', subject: 'Wrong price', text: 'The price of invoices INV-1 and INV-7 is wrong, it is not what we agreed.' });
  await openPage(page, '/replies?state=triage', 'Replies');
  await page.getByRole('link', { name: 'Wrong price' }).click();
  await page.getByRole('heading', { level: 1, name: 'Wrong price' }).waitFor();
  await page.getByLabel('It is', { exact: true }).selectOption('dispute');
  // Nothing is ticked until somebody chooses: what the mail names is meant.
  const ofSeven = page.getByRole('checkbox', { name: /^INV-7/ });
  await ofSeven.waitFor();
  expect([await ofSeven.isChecked(), await page.getByLabel(/^Disputed part/).count()]).toEqual([false, 0]);
  await expectFit(page, 'reply-unchosen');
  await ofSeven.check();
  await page.getByLabel(/^Disputed part/).fill('no');
  await page.getByText('Write an amount in GBP, or nothing').waitFor();
  await page.getByLabel(/^Disputed part/).fill('250.00');
  await page.getByLabel('Because').selectOption('amount');
  await expectFit(page, 'reply-chosen');
  await page.getByRole('button', { name: /^(Take it as this|Accept)$/ }).click();
  await page.getByText('Settled', { exact: true }).waitFor();
  const { rows } = await installation.knex.raw<{ rows: object[] }>(`SELECT i.external_id AS invoice, d.amount_minor, d.reason_code, d.source FROM disputes d JOIN invoices i ON i.id = d.invoice_id`);
  expect(rows).toEqual([{ invoice: 'INV-7', amount_minor: 25_000, reason_code: 'price', source: 'reply' }]);
  expect(complaints).toEqual([]);
});

test('a colleague who is mentioned in a note on a dispute finds it in the bell', async () => {
  const { page, complaints } = visitor;
  await openDispute(installation.knex, context, { externalId: 'D-3', invoiceExternalId: 'INV-3', amountMinor: 50_000, reason: 'quality', source: 'call', detail: 'Two pallets were wet' });
  const dispute = await installation.knex('disputes').where({ external_id: 'D-3' }).first<{ id: number }>('id');
  await openPage(page, `/disputes/${dispute.id}`, 'Dispute of invoice INV-3');
  const note = page.getByLabel('New note');
  await note.pressSequentially('The delivery note is with @Test s');
  await page.getByRole('listbox', { name: 'People to mention' }).getByRole('option', { name: 'Test sales' }).waitFor();
  await expectFit(page, 'dispute-mention');
  await page.getByRole('listbox', { name: 'People to mention' }).getByRole('option', { name: 'Test sales' }).click();
  expect(await note.inputValue()).toBe('The delivery note is with @Test sales ');
  await note.pressSequentially('since Monday.');
  await page.getByRole('button', { name: 'Add the note' }).click();
  await page.getByText('since Monday.').waitFor();
  await page.getByLabel('Owner of the dispute').selectOption({ label: 'Test collector' });
  await page.getByText('Owner saved.').waitFor();
  await expectFit(page, 'dispute');

  const colleague = await visit(browser, installation.url);
  await signIn(colleague.page, 'sales');
  await colleague.page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
  const bell = colleague.page.getByRole('dialog', { name: 'Notifications' });
  await bell.getByText(/The delivery note is with @Test sales|Test collector mentioned you/).first().waitFor();
  await expectFit(colleague.page, 'bell-mention');
  expect([complaints, colleague.complaints]).toEqual([[], []]);
  await colleague.leave();
});
