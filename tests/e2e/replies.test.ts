import { recordReply, type NewReply } from '../../db/replies/recordReply';
import { recordClassification, unclassified } from '../../db/replies/settleReply';
import { classifyOffline } from '../../domain/reply/classifyOffline';
import { bringConsole } from './bringConsole';
import { graveFindings, openPage, type Visitor } from './browser';
import type { Installation } from './installation';

jest.setTimeout(240_000);

let installation: Installation;
let visitor: Visitor;

bringConsole('collector', async (brought) => {
  ({ installation, visitor } = brought);
  await comes({ mailId: 'one', fromAddress: 'ann@alder.example', subject: 'Re: Invoice INV-1', text: 'We will pay £500.00 on 20 March.\n\n> <script>alert(1)</script>' });
  await comes({ mailId: 'two', fromAddress: 'stranger@nowhere.example', subject: 'About the boat', text: 'The boat leaves at nine.' });
});

async function comes({ text, ...reply }: Pick<NewReply, 'mailId' | 'fromAddress' | 'subject' | 'text'>): Promise<void> {
  await recordReply(installation.knex, {
    source: 'imap', sourceRef: reply.mailId, fromName: null, recipients: [], text, said: text.split('\n\n')[0] ?? '', isCut: false, automatic: null, byAddress: null, byReference: null, references: [],
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
