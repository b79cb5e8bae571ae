import { z } from 'zod';
import { roles, scopes } from '../../domain/access/roles';
import { checkTimeZone } from '../../domain/calendar/checkTimeZone';
import { eventKinds, type EventKind } from '../../domain/events/kinds';
import { checkExternalId, textMax } from '../../domain/ledger/checks';
import { unstorable } from '../../domain/storableText';

/** The values that every schema is made of. Component names in the OpenAPI document come from `meta({ id })`. */
export const Id = z.int().positive();
export const Uuid = z.uuid();
export const LocalDate = z.iso.date().describe('A calendar date, YYYY-MM-DD');
export const Instant = z.iso.datetime({ offset: true }).describe('An instant, ISO 8601 with a zone');
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'must be a three-letter ISO 4217 code in capitals').describe('ISO 4217 code');
export const Minor = z.int().describe('An amount in minor units of the currency');
export const PositiveMinor = z.int().positive().describe('An amount in minor units of the currency, above zero');
/** What people write: no more than that, and nothing that the database would refuse. */
function text(max: number) {
  return z.string().trim().min(1).max(max).superRefine((written, context) => {
    const wrong = unstorable(written);
    if (wrong !== null) context.addIssue({ code: 'custom', message: wrong });
  });
}
export const ExternalId = z.string().trim().min(1).max(textMax.externalId).superRefine((id, context) => {
  const wrong = checkExternalId(id);
  if (wrong !== null) context.addIssue({ code: 'custom', message: wrong });
}).describe('The id in the system it comes from');
export const LanguageCode = z.string().regex(/^[a-z]{2}(-[A-Za-z]{2,4})?$/, 'must be a language code such as en or de');
export const Code = text(textMax.code);
export const Text = text(textMax.text);
export const LongText = text(10_000);
/** Checked as files are, with what is wrong in the answer. */
export const TimeZone = z.string().max(100).superRefine((text, context) => {
  const wrong = checkTimeZone(text);
  if (wrong !== null) context.addIssue({ code: 'custom', message: wrong });
}).describe('An IANA time zone of the form Area/City');
export const RowVersion = z.int().positive().describe('Sent as ETag too; give it back in If-Match when editing');
export const CustomFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).describe('Typed custom fields by name');

export const RoleName = z.enum(roles).meta({ id: 'Role' });
export const ScopeName = z.enum(scopes).meta({ id: 'Scope' });
export const EventKindName = z.enum(Object.keys(eventKinds) as [EventKind, ...EventKind[]]).meta({ id: 'EventKind' });

/** In a query: numbers and flags arrive as text. */
export const QueryId = z.coerce.number().int().positive();
export const Flag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] }).meta({ type: 'boolean' });

export const idParams = z.object({ id: QueryId });
export const uuidParams = z.object({ id: Uuid });

/** A filter of lists: a part of a name, as a person types it. */
export const Search = z.string().trim().min(1).max(200);

export const pageLimitMax = 200;
export const pageQuery = {
  cursor: z.string().max(500).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(pageLimitMax).default(50),
};

export function page<T extends z.ZodType>(id: string, item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Cursor of the next page; null on the last'),
  }).meta({ id });
}

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  requestId: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional().describe('What is wrong, and where'),
}).meta({ id: 'Problem' });

/** One record of a bulk call: what came of it, in the order given. */
export const BulkResult = z.object({
  results: z.array(z.object({
    index: z.int(),
    externalId: z.string(),
    outcome: z.enum(['created', 'updated', 'unchanged', 'rejected']),
    id: z.int().nullable(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })),
  })),
  counts: z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), rejected: z.int() }),
}).meta({ id: 'BulkResult' });
export const bulkRecordsMax = 1000;
