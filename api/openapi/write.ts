import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { openApiDocument } from './document';

/** Writes openapi.json and the types of the typed client: `npm run api:types`. */
async function write(): Promise<void> {
  const document = openApiDocument();
  mkdirSync(__dirname, { recursive: true });
  writeFileSync(join(__dirname, 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`);
  const types = astToString(await openapiTS(document as unknown as OpenAPI3, { alphabetize: false, defaultNonNullable: false }));
  writeFileSync(join(__dirname, 'types.d.ts'), `// Made by \`npm run api:types\` from api/contracts: not to be edited by hand.\n${types}`);
}

write().catch((error: unknown) => {
  process.stderr.write(`api:types failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
