import type { Knex } from 'knex';
import { readClock } from '../../db/clock/clock';
import type { Actor } from '../../db/audit';
import type { LedgerContext, RecordResult } from '../../db/ledger';
import { fieldProblems, impossible, ProblemError, type FieldProblem } from '../http/problem';
import type { z } from 'zod';

/** The deployment's clock: what happens by hand on a manual clock happens at its time. */
export async function now(db: Knex): Promise<Date> {
  return new Date((await readClock(db)).now);
}

export async function ledgerContext(db: Knex, actor: Actor): Promise<LedgerContext> {
  return { actor, at: await now(db) };
}

/** The ledger speaks of columns as files have them; callers of the API know fields. */
export function fieldName(column: string): string {
  return column.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

function problemsOf(result: RecordResult): FieldProblem[] {
  return (result.errors ?? []).map(({ field, value, reason }) => ({ path: fieldName(field), message: value === null ? reason : `"${value}" ${reason}` }));
}

/** One record: what was refused becomes a problem. */
export function accepted<Result extends RecordResult>(results: readonly Result[]): Result {
  const [result] = results;
  if (!result) throw new Error('The ledger gave no result for the record.');
  if (result.status === 'refused') {
    const errors = problemsOf(result);
    throw impossible(errors.map(({ path, message }) => `${path} ${message}`).join('; '), errors);
  }
  return result;
}

const outcomes = { created: 'created', updated: 'updated', unchanged: 'unchanged', refused: 'rejected' } as const;

/**
 * Many records: each is checked against its schema, the good ones are handed to the ledger together, and every record has a result
 * in its place.
 */
export async function bulk<Input extends { externalId: string }>(
  given: readonly unknown[], schema: z.ZodType<Input>, write: (records: Input[]) => Promise<readonly RecordResult[]>, idsOf: (externalIds: string[]) => Promise<ReadonlyMap<string, number>>,
) {
  const results = given.map((record, index) => ({ index, parsed: schema.safeParse(record), externalId: externalIdOf(record) }));
  const good = results.flatMap(({ index, parsed }) => (parsed.success ? [{ index, record: parsed.data }] : []));
  const written = good.length > 0 ? await write(good.map(({ record }) => record)) : [];
  const ids = await idsOf(written.filter(({ status }) => status !== 'refused').map(({ externalId }) => externalId));
  const byIndex = new Map(written.map((result) => [good[result.index]?.index, result]));
  const answers = results.map(({ index, parsed, externalId }) => {
    if (!parsed.success) return { index, externalId, outcome: 'rejected' as const, id: null, errors: fieldProblems(parsed.error) };
    const result = byIndex.get(index);
    if (!result) throw new ProblemError(500, 'internal', `The ledger gave no result for record ${index}.`);
    return { index, externalId: result.externalId, outcome: outcomes[result.status], id: ids.get(result.externalId) ?? null, errors: problemsOf(result) };
  });
  const count = (outcome: string): number => answers.filter((answer) => answer.outcome === outcome).length;
  return { results: answers, counts: { created: count('created'), updated: count('updated'), unchanged: count('unchanged'), rejected: count('rejected') } };
}

function externalIdOf(record: unknown): string {
  return record !== null && typeof record === 'object' && 'externalId' in record && typeof record.externalId === 'string' ? record.externalId : '';
}

/** The ids of records by their external ids. */
export async function idsByExternalId(db: Knex, table: 'customers' | 'invoices' | 'payments' | 'credit_notes' | 'refunds', externalIds: string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db<{ id: number; external_id: string }>(table).whereIn('external_id', externalIds).select('id', 'external_id');
  return new Map(rows.map((row) => [row.external_id, row.id]));
}
