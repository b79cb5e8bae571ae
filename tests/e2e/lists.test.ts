import { parse } from 'csv-parse/sync';
import type { Locator } from 'playwright-core';
import { bringConsole } from './bringConsole';
import { expectFit, type Visitor } from './browser';
import type { Installation } from './installation';
import { hostileName, makeOneOfEach } from './oneOfEach';

jest.setTimeout(300_000);

let installation: Installation;
let visitor: Visitor;
let pages: string[];

bringConsole('admin', async (brought) => {
  ({ installation, visitor } = brought);
  pages = await makeOneOfEach(installation);
});

const evil = (): string => page('/customers/').split('/')[2]!;
const page = (start: string): string => pages.find((each) => each.startsWith(start))!;

/** Every list of the console: its address with a filter set, what the file is asked for with, and how many rows it leaves at least. */
const lists: readonly [address: () => string, filter: string, rows: number][] = [
  [() => '/invoices?search=HYPERLINK', 'search', 1],
  [() => '/customers?search=HYPERLINK', 'search', 1],
  [() => `/customers?segment=${page('/segments/').split('/')[2]}&sort=-overdue&currency=EUR`, 'segmentId', 1],
  [() => '/customers?behaviour=at-risk&owner=1', 'behaviour', 0],
  [() => '/tasks?queue=Collections', 'queue', 1],
  [() => '/messages?state=sent', 'state', 0],
  [() => '/decisions?outcome=executed&step=deliver&action=email&from=2026-01-01&to=2026-12-31', 'outcome', 0],
  [() => `/decisions?customerId=${evil()}&version=1`, 'policyVersionId', 0],
  [() => '/replies?search=About', 'search', 1],
  [() => '/promises?state=pending', 'state', 1],
  [() => `/promises?customerId=${evil()}&from=2026-03-01&to=2026-03-31`, 'from', 1],
  [() => '/disputes?reason=quality', 'reason', 1],
  [() => `/disputes?customerId=${evil()}`, 'customerId', 1],
  [() => '/approvals?kind=hold', 'kind', 0],
  [() => `/approvals?customerId=${evil()}`, 'customerId', 0],
  [() => '/holds?show=all', '', 0],
  [() => '/holds?show=handoffs', '', 0],
  [() => `/holds?customerId=${evil()}`, 'customerId', 0],
  [() => `/holds?show=handoffs&customerId=${evil()}`, 'customerId', 0],
  [() => '/campaigns?state=draft&search=Spring', 'search', 1],
  [() => '/automations?search=Late&state=off&event=payment.partial', 'event', 1],
  [() => `${page('/automations/')}?state=fired&customerId=${evil()}`, 'customerId', 0],
  [() => '/segments?search=Owing', 'search', 1],
  [() => `${page('/segments/')}?search=HYPERLINK`, 'search', 0],
  [() => `${page('/segments/')}?show=history&change=joined`, 'change', 0],
  [() => '/templates?search=overdue&kind=customer&state=published', 'kind', 1],
  [() => '/task-settings?search=call&queue=Collections&state=on', 'search', 0],
  [() => '/task-settings?search=Queue', 'search', 1],
  [() => '/policy?tab=versions&search=ref&state=in-force', 'inForce', 1],
  [() => '/policy?tab=drafts&search=ref', 'search', 0],
  [() => '/policy?tab=assignments&kind=customer', 'kind', 0],
  [() => '/policy?tab=migrations&search=ref&state=done', 'state', 0],
  [() => '/webhooks?search=example&state=off', 'active', 1],
  [() => '/webhooks?endpoint=1&deliveries=failed', '', 0],
  [() => '/import?search=csv&kind=customers&state=done', 'kind', 0],
  [() => '/rates?law=de', 'preset', 10],
  [() => '/audit?action=task.created', 'action', 0],
  [() => '/users?search=admin&state=active', 'state', 1],
  [() => '/notices?state=unknown&search=Call', 'state', 0],
  [() => '/api-keys?search=e2e&state=active', 'state', 1],
  [() => `${page('/customers/')}?timeline=note`, 'kind', 1],
];

test.each(lists.map(([address, filter, rows], position) => [position, filter, rows, address] as const))('list %i keeps its filter (%s) in the URL, and gives a file of %i rows or more in which nothing runs', async (_position, filter, rows, address) => {
  const { page: tab } = visitor;
  await tab.goto(address());
  await tab.getByRole('heading', { level: 1 }).waitFor();
  const links = tab.getByRole('link', { name: 'Export CSV' });
  await links.first().waitFor();
  const files = await hrefs(links);
  if (filter !== '') expect([files, new URL(files[0]!, installation.url).searchParams.has(filter)]).toEqual([files, true]);
  // What is in the address is what is shown after a reload, too.
  await tab.reload();
  await links.nth(files.length - 1).waitFor();
  expect(await hrefs(links)).toEqual(files);
  for (const [place, href] of files.entries()) {
    const file = await tab.request.get(href);
    expect([href, file.status(), file.headers()['content-type']]).toEqual([href, 200, 'text/csv; charset=utf-8']);
    const [, ...lines] = parse(await file.text(), { bom: true, relax_column_count: true }) as string[][];
    if (place === 0) expect([href, lines.length >= rows]).toEqual([href, true]);
    for (const cell of lines.flat()) expect([href, cell]).toEqual([href, expect.not.stringMatching(/^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/)]);
  }
});

/** A page may have several lists, each with its file. */
const hrefs = async (links: Locator): Promise<string[]> => Promise.all((await links.all()).map(async (link) => (await link.getAttribute('href')) ?? ''));

test('decisions are found from the invoice, say why and on what, and are filtered in the address', async () => {
  const { page: tab } = visitor;
  const { rows: [decided] } = await installation.knex.raw<{ rows: { invoice_id: number; number: string; customer: string }[] }>(
    `INSERT INTO decisions (invoice_id, customer_id, policy_version_id, step, action, outcome, reason_code, reason, at, on_date, planned_at, open_minor, currency, ledger_version, inputs)
     SELECT i.id, i.customer_id, v.id, 'due', 'email', 'skipped', 'catch-up', '=a later step is due', now(), now()::date, now(), i.open_minor, i.currency, 1, '{"open": "1.00 EUR", "lastContactOn": null, "invoice.daysPastDue": 28}' FROM invoices i, policy_versions v WHERE i.external_id = '=1+1' AND v.active
     RETURNING invoice_id, '=1+1' AS number, ? AS customer`, [hostileName]);
  await tab.goto(`/invoices/${decided!.invoice_id}`);
  await tab.getByRole('link', { name: 'As a list, with filters' }).click();
  const table = tab.getByRole('table', { name: 'Decisions' });
  await table.getByRole('link', { name: decided!.number }).first().waitFor();
  // The invoice that is asked for stands in its filter by name.
  await tab.waitForFunction((label) => document.querySelector<HTMLInputElement>('input[aria-label="Invoice"]')?.value === label, `${decided!.number}, ${decided!.customer}`);
  await table.getByRole('button', { name: 'Inputs' }).first().click();
  await table.getByText('policy version').first().waitFor();
  // What it looked at is told in the words of conditions.
  await table.getByText('days past due', { exact: true }).first().waitFor();
  expect(await table.locator('dl').first().evaluate((list) => [...list.querySelectorAll('dt')].slice(0, 3).map((term) => `${term.textContent}: ${term.nextElementSibling?.textContent}`))).toEqual(['open: 1.00 EUR', 'last contact: none', 'days past due: 28']);
  await expectFit(tab, 'decisions');
  await tab.goto(`/decisions?customerId=${evil()}&outcome=skipped`);
  await table.getByRole('link', { name: decided!.number }).first().waitFor();
  const [, ...lines] = parse(await (await tab.request.get((await hrefs(tab.getByRole('link', { name: 'Export CSV' })))[0]!)).text(), { bom: true }) as string[][];
  expect(lines.flat()).toContain("'=a later step is due");
  await tab.goto(`/decisions?customerId=${evil()}&outcome=executed&to=2000-01-01`);
  await tab.getByText('No decision is like that').waitFor();
});
