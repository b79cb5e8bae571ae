import { Command, CommanderError } from 'commander';
import { registerCommands } from './commands';
import { describeError } from './commandError';
import packageJson from '../package.json';

const teaching = `
Examples:
  $ npx dunwell simulate --ledger ./ledger --policy policies/reference.yaml --from 2026-01-01 --to 2026-03-31
      what a policy would do to a ledger of CSV files; needs no server
  $ npx dunwell doctor
      checks that this machine has what Dunwell needs, and says what to do where it has not

To try it all with a demo ledger and a console: npm start
Settings come from the environment (docs/operations.md lists them); next to a running \`npm start\` they are found by themselves.
\`dunwell help COMMAND\` explains a command. Exit codes: 0 done, 1 failed or something was found, 2 wrong usage, 70 a defect in Dunwell.`;

async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('dunwell')
    .description('Collections that run themselves: durable dunning on Temporal, over a ledger in PostgreSQL.')
    .version(packageJson.version)
    .showHelpAfterError('(add --help to see what there is)')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', teaching);
  registerCommands(program);
  for (const command of program.commands) command.exitOverride().showHelpAfterError('(add --help to see what there is)');
  try {
    await program.parseAsync(argv);
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode; // commander has printed it
    const { text, exitCode } = describeError(error);
    process.stderr.write(`${text}\n`);
    return exitCode;
  }
}

const usageExitCode = 2;

// `dunwell decisions | head` closes our output early: that is an end, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void main(process.argv).then((exitCode) => {
  process.exitCode = exitCode;
});
