import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { openApiDocument } from './document';

/** Writes openapi.json and the types of the typed client: `npm run api:types`. With --check it only says whether they are as they should be. */
async function main(checks: boolean): Promise<void> {
  const document = openApiDocument();
  const types = astToString(await openapiTS(document as unknown as OpenAPI3, { alphabetize: false, defaultNonNullable: false }));
  const files = {
    'openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'types.d.ts': `// Made by \`npm run api:types\` from api/contracts: not to be edited by hand.\n${types}`,
  };
  for (const [name, content] of Object.entries(files)) {
    const file = join(__dirname, name);
    if (!checks) writeFileSync(file, content);
    else if (readFileSync(file, 'utf8') !== content) throw new Error(`api/openapi/${name} is not what the contracts say: run npm run api:types`);
  }
}

main(process.argv.includes('--check')).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
