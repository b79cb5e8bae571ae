import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Command } from 'commander';
import { isLocalDate } from '../domain/calendar/dates';
import { readLedger } from './simulate';
import { CommandError } from './commandError';
import { readSegmentFile } from './segmentFile';
import { policiesOption, readPolicySet } from './policyFiles';
import { progressBar } from './progress';
import { bringReplayEngines } from './replay/engines';
import { runReplay, type ReplayReport } from './replay/runReplay';

interface Options {
  ledger: string;
  policy: string;
  policies?: string;
  from?: string;
  to?: string;
  segments?: string;
  json?: boolean;
  lenient?: boolean;
  inBatches?: boolean;
  databaseUrl?: string;
  temporalAddress?: string;
  keep?: boolean;
}

/** `dunwell replay`: the real engine on a ledger of files, compared with the simulator. */
export function register(program: Command): void {
  program.command('replay')
    .description('run a ledger of CSV files through the real engine on virtual time, and compare its decisions with the simulator')
    .requiredOption('--ledger <dir>', 'folder with customers.csv and invoices.csv, and optionally payments.csv, credit_notes.csv, refunds.csv, disputes.csv and promises.csv')
    .requiredOption('--policy <file>', 'policy as YAML or JSON')
    .option(...policiesOption)
    .option('--from <date>', 'first day; older invoices are taken over on that day (default: the day of the first invoice)')
    .option('--to <date>', 'last day, included (default: until the last ladder is at its end)')
    .option('--segments <file>', 'segments as YAML or JSON, whose runs are lived through and compared too')
    .option('--json', 'print the report as JSON')
    .option('--lenient', 'leave out rows that are wrong, saying so, instead of stopping')
    .option('--in-batches', 'collect by a segment in batches, in place of one workflow for each invoice')
    .option('--database-url <url>', 'make the replay’s database on this PostgreSQL server instead of one brought for it')
    .option('--temporal-address <host:port>', 'make the replay’s namespace on this Temporal server instead of one brought for it')
    .option('--keep', 'leave database and namespace behind on servers that were given')
    .addHelpText('after', `
Invoices are created on the day they are issued and payments written when they were received and taken back when they were; the clock steps through every milestone in between. Nothing is
sent: messages stay in the local outbox. Exit code 1 if a decision differs, a reminder left for a paid invoice, or a message was doubled.

Example:
  $ npx dunwell replay --ledger ./ledger --policy policies/reference.yaml`)
    .action(run);
}

async function run(options: Options): Promise<void> {
  for (const [name, date] of [['--from', options.from], ['--to', options.to]] as const) {
    if (date !== undefined && !isLocalDate(date)) throw new CommandError(`${name} takes a date such as 2026-01-01, not "${date}"`, 2);
  }
  const segments = options.segments ? await readSegmentFile(options.segments) : undefined;
  const { policy, source, others } = await readPolicySet(options.policy, options.policies, segments);
  const ledger = await readLedger(options);
  // The SDK reports every start of a worker; a replay's output is its figures.
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const say = (line: string): void => { if (!options.json) process.stderr.write(`${line}\n`); };
  const engines = await bringReplayEngines({ databaseUrl: options.databaseUrl, temporalAddress: options.temporalAddress, keep: options.keep ?? false, say });
  try {
    const bar = progressBar('Replaying', 'days', !options.json);
    const report = await runReplay({ ledger, policy, source, others, segments, from: options.from, to: options.to, inBatches: options.inBatches, knex: engines.knex, temporal: engines.temporal, onProgress: bar.update });
    bar.stop();
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describe(report));
    if (options.keep) say(`kept: ${engines.databaseUrl}, Temporal namespace ${engines.temporal.namespace}`);
    if (report.mismatches + report.segmentMismatches.length + report.remindersToPaidInvoices + report.doubledMessages > 0) process.exitCode = 1;
  } finally {
    await engines.stop();
  }
}

function describe(report: ReplayReport): string {
  const outcomes = Object.entries(report.byOutcome).sort().map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  const lines = [
    `${report.invoices} invoices, ${report.payments} payments, ${report.creditNotes} credit notes, ${report.refunds} refunds and reversals, ${report.disputes} disputes, ${report.promises} promises, ${report.from} to ${report.to}, in ${report.seconds} s`,
    '',
    `decisions executed              ${report.decisions} (${outcomes})`,
    `decisions simulated             ${report.simulated}`,
    `mismatches                      ${report.mismatches}`,
    `reminders to paid invoices      ${report.remindersToPaidInvoices}`,
    `messages                        ${report.messages}`,
    `messages accepted twice         ${report.doubledMessages}`,
    ...(report.segmentDecisions > 0 ? [`decisions of segments           ${report.segmentDecisions}, ${report.segmentMismatches.length} mismatches`] : []),
    ...report.segmentMismatches.map(({ only, row }) => `  only ${only}: ${JSON.stringify(row)}`),
    ...report.firstMismatches.map(({ only, row }) => `  only ${only}: ${JSON.stringify(row)}`),
  ];
  return `${lines.join('\n')}\n`;
}
