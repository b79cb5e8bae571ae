import { z } from 'zod';
import { ledgerFields, takesCustomFields } from './fields';
import type { FileKind } from './records';

/** How the columns of a file become the fields of the ledger. Without one, columns carry the fields' own names. */
export const mappingSchema = z.strictObject({
  kind: z.enum(['customers', 'invoices', 'payments', 'credit_notes', 'refunds', 'promises', 'disputes']),
  /** Field to the file's column: `{ "external_id": "invoiceNumber" }`. A field that is not here is looked for under its own name; "custom.site" names a custom field. */
  columns: z.record(z.string(), z.string()).default({}),
  /** Fields that are the same in every row: `{ "currency": "USD" }`. */
  constants: z.record(z.string(), z.string()).default({}),
  /** yyyy, MM or M, dd or d; ISO dates unless given. */
  dateFormat: z.string().default('yyyy-MM-dd'),
  decimal: z.enum(['.', ',']).default('.'),
  /** Found from the first line unless given. */
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.enum(['utf-8', 'latin1']).default('utf-8'),
  /** Columns to leave out; every other column that is no field becomes a custom field of the customer or invoice. */
  ignore: z.array(z.string()).default([]),
});
export type Mapping = z.infer<typeof mappingSchema>;

export class MappingError extends Error {
  override name = 'MappingError';
}

/** Checks a mapping document; throws MappingError with every fault, by path. */
export function parseMapping(document: unknown): Mapping {
  const parsed = mappingSchema.safeParse(document);
  if (!parsed.success) {
    throw new MappingError(`The mapping is not valid: ${parsed.error.issues.map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`).join('; ')}`);
  }
  const fields: readonly string[] = ledgerFields[parsed.data.kind];
  for (const [where, field] of [...Object.keys(parsed.data.columns).map((field) => ['columns', field]), ...Object.keys(parsed.data.constants).map((field) => ['constants', field])]) {
    if (fields.includes(field!) || (where === 'columns' && field!.startsWith('custom.') && takesCustomFields[parsed.data.kind])) continue;
    throw new MappingError(`${where}.${field} is not a field of ${parsed.data.kind}; its fields are ${fields.join(', ')}`);
  }
  return parsed.data;
}

/** The mapping of a file whose columns carry the fields' own names. */
export function plainMapping(kind: FileKind): Mapping {
  return mappingSchema.parse({ kind });
}
