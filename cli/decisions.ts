import type { Command } from 'commander';
import { readDecisionRows } from '../db/collection/decisionRows';
import { connect } from '../db/connect';
import { isLocalDate } from '../domain/calendar/dates';
import { CommandError } from './commandError';
import { commandEnvironment } from './environment';
import { printLines, printSummary } from './simulate';

interface Options {
  from?: string;
  to?: string;
  json?: boolean;
}

/** `dunwell decisions`: what the running system decided, in the shape in which `dunwell simulate` says what it would. */
export function register(program: Command): void {
  program.command('decisions')
    .description('print the decisions that the running system made, in the same shape as simulate')
    .option('--from <date>', 'first day, in each customer’s time zone')
    .option('--to <date>', 'last day, included')
    .option('--json', 'one decision per line, as JSON')
    .addHelpText('after', `
Example:
  $ npx dunwell decisions --from 2026-01-01 --to 2026-03-31 --json`)
    .action(run);
}

async function run({ from, to, json }: Options): Promise<void> {
  for (const [name, date] of [['--from', from], ['--to', to]] as const) {
    if (date !== undefined && !isLocalDate(date)) throw new CommandError(`${name} takes a date such as 2026-01-01, not "${date}"`, 2);
  }
  const knex = connect(commandEnvironment().databaseUrl, { poolMax: 1 });
  try {
    const rows = await readDecisionRows(knex, from ?? null, to ?? null);
    if (json) await printLines(rows);
    else printSummary(rows);
  } finally {
    await knex.destroy();
  }
}
