import type { Command } from 'commander';
import { commandEnvironment } from './environment';

export function register(program: Command): void {
  program
    .command('setup')
    .description('prepare a database: migrate it, publish the reference strategy if there is no policy, make the first admin')
    .addHelpText('after', "\nSafe to repeat: what is there stays as it is. The first admin's password is printed once, when it is made.")
    .option('--demo', 'fill an empty ledger with the demo, on a manual clock')
    .action(async ({ demo = false }: { demo?: boolean }) => {
      const { connect } = await import('../db/connect');
      const { prepareDatabase } = await import('./start/firstStart');
      const knex = connect(commandEnvironment().databaseUrl, { poolMax: 3 });
      try {
        const say = (line: string): void => void process.stdout.write(`${line}\n`);
        const { admin } = await prepareDatabase(knex, { demo: demo ? 'asked' : 'none', realTime: false, say });
        say(admin ? `First admin: ${admin.email}, password ${admin.password} (shown only this once)` : 'The database is ready.');
      } finally {
        await knex.destroy();
      }
    });
}
