import type { Command } from 'commander';
import { commandEnvironment } from './environment';

export function register(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the newest schema; safe to repeat, and from several places at once')
    .action(async () => {
      const { connect } = await import('../db/connect');
      const { migrate, pendingMigrations } = await import('../db/migrate');
      const knex = connect(commandEnvironment().databaseUrl, { poolMax: 3 });
      try {
        const pending = await pendingMigrations(knex);
        await migrate(knex);
        process.stdout.write(pending.length === 0 ? 'The database is up to date.\n' : `Applied ${pending.join(', ')}.\n`);
      } finally {
        await knex.destroy();
      }
    });
}
