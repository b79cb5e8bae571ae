import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { CsvError } from '../integrations/csv/csvError';
import { parseLedgerFilesMapping, writeLedgerFiles } from '../integrations/csv/ledgerFiles';
import { MappingError } from '../domain/ledger/mapping';
import { CommandError } from './commandError';

const teaching = `
Example:
  $ npx dunwell ledger-files --source late-payment-histories.csv --mapping demo/mappings/late-payment-histories.json --out ./ledger
  $ npx dunwell simulate --ledger ./ledger --policy policies/reference.yaml --from 2012-01-01 --to 2014-03-31

The mapping names, for each file, its columns and what stands in them: a text with the source's columns in braces ("PAY-{invoiceNumber}"),
or a look-up ({ "lookup": "{countryCode}", "table": { "391": "Europe/Rome" }, "otherwise": "UTC" }).`;

/** `dunwell ledger-files`: another system's table as the files of a ledger. */
export function register(program: Command): void {
  program
    .command('ledger-files')
    .description("turn another system's table of invoices into the files of a ledger; needs no server")
    .requiredOption('--source <file>', 'the CSV file, one row per invoice')
    .requiredOption('--mapping <file>', 'JSON file that says what goes where')
    .requiredOption('--out <folder>', 'where the files are written; those that are there are replaced')
    .addHelpText('after', teaching)
    .action(async (options: { source: string; mapping: string; out: string }) => {
      try {
        const mapping = parseLedgerFilesMapping(JSON.parse(await readFile(options.mapping, 'utf8')));
        const counts = await writeLedgerFiles(options.source, mapping, options.out);
        for (const [kind, count] of Object.entries(counts)) process.stdout.write(`${join(options.out, `${kind}.csv`)}: ${count.toLocaleString('en')} records\n`);
      } catch (error) {
        if (error instanceof SyntaxError) throw new CommandError(`${options.mapping} is not JSON: ${error.message}`, 2);
        if (error instanceof CsvError || error instanceof MappingError) throw new CommandError(error.message);
        throw error;
      }
    });
}
