import { once } from 'node:events';
import type { Command } from 'commander';
import { commandEnvironment } from './environment';

/** `dunwell audit verify` and `dunwell audit export` */
export function register(program: Command): void {
  const command = program.command('audit').description('verify and export the audit trail');
  command.command('verify')
    .description('read the whole trail and say whether an entry was changed or is missing; exit code 1 if so')
    .option('--json', 'print the verdict as JSON')
    .action(async (options: { json?: boolean }) => {
      const { connect } = await import('../db/connect');
      const { verifyAudit } = await import('../db/audit');
      const knex = connect(commandEnvironment().databaseUrl, { poolMax: 1 });
      try {
        const verdict = await verifyAudit(knex);
        if (options.json) process.stdout.write(`${JSON.stringify(verdict)}\n`);
        else process.stdout.write(verdict.kind === 'whole' ? `The audit trail is whole: ${verdict.entries.toLocaleString('en')} entries.\n` : `${verdict.message}\n`);
        if (verdict.kind === 'broken') process.exitCode = 1;
      } finally {
        await knex.destroy();
      }
    });
  command.command('export')
    .description('print every entry, oldest first, as one line of JSON each, with its hash')
    .action(async () => {
      const { connect } = await import('../db/connect');
      const { listAudit } = await import('../db/audit');
      const knex = connect(commandEnvironment().databaseUrl, { poolMax: 1 });
      const pageSize = 1_000;
      try {
        for (let afterSeq = 0; ;) {
          const page = await listAudit(knex, { afterSeq }, pageSize);
          for (const entry of page) if (!process.stdout.write(`${JSON.stringify(entry)}\n`)) await once(process.stdout, 'drain');
          if (page.length < pageSize) break;
          afterSeq = page[page.length - 1]!.seq;
        }
      } finally {
        await knex.destroy();
      }
    });
}
