import type { Command } from 'commander';

export function register(program: Command): void {
  program
    .command('doctor')
    .description('check that this machine and installation have what Dunwell needs, and say what to do where not')
    .addHelpText('after', `
Each line is ok, warn or FAIL. It changes nothing. Exit code 1 if something failed.
Without settings it checks what \`npm start\` and \`npm test\` need; with DATABASE_URL and TEMPORAL_ADDRESS, or next to a
running \`npm start\`, it also checks the database, Temporal and its search attributes.`)
    .action(async () => {
      const { examine } = await import('./doctor/examine');
      const findings = await examine(process.env);
      for (const { what, level, detail } of findings) process.stdout.write(`${{ ok: ' ok ', warn: 'warn', fail: 'FAIL' }[level]}  ${what.padEnd(26)} ${detail}\n`);
      const failed = findings.filter(({ level }) => level === 'fail').length;
      process.stdout.write(failed === 0 ? '\nAll that is needed is here.\n' : `\n${failed} of ${findings.length} failed.\n`);
      process.exitCode = failed === 0 ? 0 : 1;
    });
}
