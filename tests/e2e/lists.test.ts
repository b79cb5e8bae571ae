import { parse } from 'csv-parse/sync';
import { bringConsole } from './bringConsole';
import type { Visitor } from './browser';
import type { Installation } from './installation';
import { makeOneOfEach } from './oneOfEach';

jest.setTimeout(300_000);

let installation: Installation;
let visitor: Visitor;
let pages: string[];

bringConsole('admin', async (brought) => {
  ({ installation, visitor } = brought);
  pages = await makeOneOfEach(installation);
});

const page = (start: string): string => pages.find((each) => each.startsWith(start))!;

/** Every list of the console: its address with a filter set, what the file is asked for with, and how many rows it leaves at least. */
const lists: readonly [address: () => string, filter: string, rows: number][] = [
  [() => '/invoices?search=HYPERLINK', 'search', 1],
  [() => '/customers?search=HYPERLINK', 'search', 1],
  [() => '/tasks?queue=Collections', 'queue', 1],
  [() => '/messages?state=sent', 'state', 0],
  [() => '/replies?search=About', 'search', 1],
  [() => '/promises?state=pending', 'state', 1],
  [() => '/disputes?reason=quality', 'reason', 1],
  [() => '/approvals?kind=hold', 'kind', 0],
  [() => '/holds?show=all', '', 0],
  [() => '/holds?show=handoffs', '', 0],
  [() => '/campaigns?state=draft&search=Spring', 'search', 1],
  [() => '/automations?search=Late&state=off&event=payment.partial', 'event', 1],
  [() => `${page('/automations/')}?state=acted`, '', 0],
  [() => page('/segments/'), '', 0],
  [() => `${page('/segments/')}?show=history`, '', 0],
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
  const link = tab.getByRole('link', { name: 'Export CSV' }).first();
  await link.waitFor();
  const href = (await link.getAttribute('href')) ?? '';
  if (filter !== '') expect([href, new URL(href, installation.url).searchParams.has(filter)]).toEqual([href, true]);
  // What is in the address is what is shown after a reload, too.
  await tab.reload();
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe(href);
  const file = await tab.request.get(href);
  expect([href, file.status(), file.headers()['content-type']]).toEqual([href, 200, 'text/csv; charset=utf-8']);
  const [, ...lines] = parse(await file.text(), { bom: true, relax_column_count: true }) as string[][];
  expect([href, lines.length >= rows]).toEqual([href, true]);
  for (const cell of lines.flat()) expect([href, cell]).toEqual([href, expect.not.stringMatching(/^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/)]);
});
