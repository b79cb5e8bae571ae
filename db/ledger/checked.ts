import type { Knex } from 'knex';
import type { FieldError, LedgerKind } from '../../domain/ledger/records';
import { appendAudit, type Actor } from '../audit';
import type { RecordResult, RecordStatus } from './context';

/** How an upsert names a record's place, and whether it writes an audit entry for each change or the caller writes one for all. */
export interface UpsertMode {
  place: 'record' | 'line';
  audit: 'each' | 'by-caller';
  /** The columns that are given: as each record says, or the same ones for all. */
  given: 'each' | ReadonlySet<string>;
}

/** Whether anything in the call may give the column: what no file brings need not be joined and merged for each row. */
export function mayGive(mode: UpsertMode, column: string): boolean {
  return mode.given === 'each' || mode.given.has(column);
}

/** SQL of a field after an upsert, where `s` is what comes in: what is not given stays as it is, and what is new or emptied takes the default. */
export function mergedField(mode: UpsertMode, field: string, { existing, whenEmpty }: { existing: string; whenEmpty: string }): string {
  const taken = whenEmpty === 'NULL' ? `s.${field}` : `coalesce(s.${field}, ${whenEmpty})`;
  if (mode.given === 'each') return `CASE WHEN ${existing}.id IS NULL OR s.given IS NULL OR '${field}' = ANY (s.given) THEN ${taken} ELSE ${existing}.${field} END`;
  return mode.given.has(field) ? taken : `CASE WHEN ${existing}.id IS NULL THEN ${taken} ELSE ${existing}.${field} END`;
}

/**
 * The rows of `incoming_<kind>` that come a second time, as a join for the checking statement: `twice.first_ord` is where the record
 * stood first, `twice.same` whether with the same content. What is repeated word for word is harmless.
 */
export function repeatedRows(kind: LedgerKind): string {
  return `LEFT JOIN (
      SELECT s.ord, d.first_ord, to_jsonb(f) - 'ord' = to_jsonb(s) - 'ord' AS same
      FROM (SELECT external_id, min(ord) AS first_ord FROM incoming_${kind} GROUP BY external_id HAVING count(*) > 1) d
      JOIN incoming_${kind} f ON f.ord = d.first_ord
      JOIN incoming_${kind} s ON s.external_id = d.external_id AND s.ord > d.first_ord
    ) twice ON twice.ord = s.ord`;
}

/** Columns of a verdict: refused with field, value and reason, or accepted. */
export const verdictColumns = 'ord integer, external_id text, status text, field text, value text, reason text, before jsonb';

/** One rule: the SQL condition under which a record is refused, and what is said then (SQL expressions). */
export interface Rule {
  when: string;
  field: string;
  value: string;
  reason: string;
}

/** The first rule that fails gives the refusal. */
export function refusalOf(rules: readonly Rule[]): { field: string; value: string; reason: string } {
  const pick = (part: (rule: Rule) => string): string => `CASE ${rules.map((rule) => `WHEN ${rule.when} THEN ${part(rule)}`).join(' ')} END`;
  return { field: pick((rule) => `'${rule.field}'`), value: pick((rule) => rule.value), reason: pick((rule) => rule.reason) };
}

export function repeatedRule(mode: UpsertMode): Rule {
  return { when: 'twice.first_ord IS NOT NULL AND NOT twice.same', field: 'external_id', value: 's.external_id', reason: `'stands with other content in ${mode.place} ' || twice.first_ord` };
}

interface CheckedRow {
  ord: number;
  external_id: string;
  status: RecordStatus;
  field: string | null;
  value: string | null;
  reason: string | null;
}

export async function readResults(trx: Knex.Transaction, kind: LedgerKind): Promise<RecordResult[]> {
  const rows = await trx<CheckedRow>(`checked_${kind}`).orderBy('ord');
  return rows.map((row) => {
    const errors: FieldError[] | undefined = row.reason === null ? undefined : [{ field: row.field ?? '', value: row.value, reason: row.reason }];
    return { index: row.ord, externalId: row.external_id, status: row.status, ...(errors ? { errors } : {}) };
  });
}

const subjects: Record<LedgerKind, string> = { customers: 'customer', invoices: 'invoice', payments: 'payment', credit_notes: 'credit-note' };

/** One audit entry for each record that was created or changed, with the row before and after. */
export async function auditEach(trx: Knex.Transaction, kind: LedgerKind, actor: Actor): Promise<void> {
  const { rows } = await trx.raw<{ rows: { external_id: string; status: RecordStatus; before: unknown; after: unknown }[] }>(
    `SELECT k.external_id, k.status, k.before, to_jsonb(t) - 'id' AS after FROM checked_${kind} k JOIN ${kind} t USING (external_id)
     WHERE k.status IN ('created', 'updated') ORDER BY k.ord`,
  );
  await appendAudit(trx, rows.map((row) => ({
    actor,
    action: `${subjects[kind]}.${row.status}`,
    subjectType: subjects[kind],
    subjectId: row.external_id,
    ...(row.status === 'updated' ? { before: row.before } : {}),
    after: row.after,
  })));
}
