import type { Command } from 'commander';
import { dayNumber, isLocalDate } from '../domain/calendar/dates';
import { startOfDay } from '../domain/calendar/zones';
import type { DecisionRow } from '../domain/collection/decision';
import { formatMoney } from '../domain/money/money';
import { simulate } from '../domain/simulation/simulate';
import type { SegmentDecisionRow } from '../domain/simulation/segments';
import type { Ledger } from '../domain/simulation/timeline';
import { CsvError } from '../integrations/csv/csvError';
import { readLedgerFolder, type FolderError } from '../integrations/csv/readLedgerFolder';
import { MappingError } from '../domain/ledger/mapping';
import { CommandError } from './commandError';
import { policiesOption, readPolicySet } from './policyFiles';
import { readSegmentFile } from './segmentFile';
import { progressBar } from './progress';

interface Options {
  ledger: string;
  policy: string;
  policies?: string;
  from: string;
  to: string;
  segments?: string;
  json?: boolean;
  lenient?: boolean;
}

/** `dunwell simulate`: what a policy would do to a ledger of files. */
export function register(program: Command): void {
  program.command('simulate')
    .description('print every decision that a policy would make on a ledger of CSV files; needs no server')
    .requiredOption('--ledger <dir>', 'folder with customers.csv and invoices.csv, and optionally payments.csv, credit_notes.csv, refunds.csv, disputes.csv and promises.csv')
    .requiredOption('--policy <file>', 'policy as YAML or JSON')
    .option(...policiesOption)
    .requiredOption('--from <date>', 'first day, as 2026-01-01, in each customer’s time zone; older invoices are taken over on that day')
    .requiredOption('--to <date>', 'last day, included')
    .option('--segments <file>', 'segments as YAML or JSON: their runs beside the policy, and whom they keep single reminders from')
    .option('--json', 'one decision per line, as JSON')
    .option('--lenient', 'leave out rows that are wrong, saying so, instead of stopping')
    .addHelpText('after', `
Each decision is one of: executed, covered (in another invoice's email of the same day), suppressed (the reason says why), deferred (held back until later),
skipped (it came too late, see the step's catchUp). docs/collection.md explains the rules.

Examples:
  $ npm run demo:files -- ./ledger
  $ npx dunwell simulate --ledger ./ledger --policy policies/reference.yaml --from 2026-01-01 --to 2026-03-31
  $ npx dunwell simulate --ledger ./ledger --policy policies/reference.yaml --from 2026-01-01 --to 2026-03-31 --json | grep '"hold"'`)
    .action(run);
}

async function run(options: Options): Promise<void> {
  for (const [name, date] of [['--from', options.from], ['--to', options.to]] as const) {
    if (!isLocalDate(date)) throw new CommandError(`${name} takes a date such as 2026-01-01, not "${date}"`, 2);
  }
  if (options.to < options.from) throw new CommandError(`--to ${options.to} lies before --from ${options.from}`, 2);
  const ofFile = options.segments ? await readSegmentFile(options.segments) : undefined;
  const { policy, others } = await readPolicySet(options.policy, options.policies, ofFile);
  const ledger = await readLedger(options);
  const bar = progressBar('Simulating', 'customers', !options.json);
  const ofSegments: SegmentDecisionRow[] = [];
  const segments = ofFile ? { of: ofFile, since: startOfDay(dayNumber(options.from), 'UTC') - 1, onDecision: (row: SegmentDecisionRow) => void ofSegments.push(row) } : undefined;
  const rows = simulate(ledger, policy, options.from, options.to, { onProgress: bar.update, segments, others: others.map((other) => other.policy) });
  bar.stop();
  ofSegments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  if (options.json) await printLines([...rows, ...ofSegments]);
  else {
    printSummary(rows);
    if (segments) printSegmentSummary(ofSegments);
  }
}

export async function readLedger({ ledger: folder, lenient }: Pick<Options, 'ledger' | 'lenient'>): Promise<Ledger> {
  try {
    const { ledger, errors } = await readLedgerFolder(folder);
    if (errors.length > 0) {
      const told = describeErrors(errors);
      if (!lenient) throw new CommandError(`${told}\nNothing was simulated. Mend these rows, or leave them out with --lenient.`, 2);
      process.stderr.write(`${told}\nLeft out.\n`);
    }
    return ledger;
  } catch (error) {
    if (error instanceof CsvError || error instanceof MappingError) throw new CommandError(error.message, 2);
    throw error;
  }
}

const errorsShownMax = 20;

function describeErrors(errors: readonly FolderError[]): string {
  const lines = errors.slice(0, errorsShownMax).map(({ file, line, column, value, reason }) => `${file}:${line} ${column}${value === null ? '' : ` "${value}"`} ${reason}`);
  if (errors.length > errorsShownMax) lines.push(`… and ${errors.length - errorsShownMax} more`);
  return lines.join('\n');
}

/** Writes in pieces and waits for the reader, so that a million rows need not fit into the pipe. */
export async function printLines(rows: readonly (DecisionRow | SegmentDecisionRow)[]): Promise<void> {
  const pieceRows = 5_000;
  for (let start = 0; start < rows.length; start += pieceRows) {
    const piece = rows.slice(start, start + pieceRows).map((row) => `${JSON.stringify(row)}\n`).join('');
    if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

function printSegmentSummary(rows: readonly SegmentDecisionRow[]): void {
  const lines = rows.map(({ on, customer, segment, run, outcome, reason, invoices }) => `${on}  ${customer}  segment ${segment}, run ${run}  ${outcome}  ${reason}${invoices.length > 0 ? `  ${invoices.join(', ')}` : ''}`);
  process.stdout.write(`\n${lines.join('\n')}${lines.length > 0 ? '\n\n' : ''}${rows.length} decisions of segments\n`);
}

export function printSummary(rows: readonly DecisionRow[]): void {
  const lines = rows.map(({ on, customer, invoice, step, action, outcome, openMinor, currency, reason }) =>
    `${on}  ${customer}  ${invoice}  ${step}/${action}  ${outcome}  ${formatMoney(openMinor, currency)} ${currency}  ${reason}`);
  const counts = new Map<string, number>();
  for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const total = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ') || 'none';
  process.stdout.write(`${lines.join('\n')}${lines.length > 0 ? '\n\n' : ''}${rows.length} decisions: ${total}\n`);
}
