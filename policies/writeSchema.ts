import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyJsonSchema } from '../domain/policy/schema';

/** Writes policy.schema.json, with which editors check a policy while it is typed: `npm run policy:schema`. */
const file = join(__dirname, 'policy.schema.json');
writeFileSync(file, `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
process.stdout.write(`wrote ${file}\n`);
