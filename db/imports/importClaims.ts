import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import { localDateAt, momentIn } from '../../domain/calendar/zones';
import { creditOf } from '../../domain/dispute/dispute';
import type { ClaimKind, DisputeRecord, FieldError, PromiseRecord } from '../../domain/ledger/records';
import { rowReader } from '../../domain/ledger/rows';
import { openDispute, resolveDispute } from '../disputes';
import type { LedgerContext, RecordResult, RecordStatus } from '../ledger/context';
import { recordPromise } from '../promises';
import type { ImportOptions, RowSource } from './importRows';
import { errorsMax, outcomeOf, type ImportReport, type RowError } from './report';

type Outcome = { status: Exclude<RecordStatus, 'refused'> } | { status: 'refused'; errors: readonly FieldError[] };

/**
 * Takes over promises or disputes from a file, one by one, as each is for what the one before has left. They are made on the day of the import, as a simulation has it
 * of a ledger that is brought over. What holds nothing back any more, since its day is over or nothing is open, is left out and counts as unchanged.
 */
export async function importClaims(trx: Knex.Transaction, context: LedgerContext, source: RowSource, options: ImportOptions & { kind: ClaimKind }): Promise<Omit<ImportReport, 'digest' | 'durationMs'>> {
  const { kind, file, mapping } = options;
  const reader = rowReader(kind, mapping, source.header);
  const counts: Record<RecordStatus, number> = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  const errors: RowError[] = [];
  const seen = new Map<string, { line: number; content: string }>();
  let rows = 0;
  const takeOver = async (line: number, record: PromiseRecord | DisputeRecord): Promise<Outcome> => {
    const content = JSON.stringify(record);
    const earlier = seen.get(record.externalId);
    if (earlier) return earlier.content === content ? { status: 'unchanged' } : refusal('external_id', record.externalId, `stands with other content in line ${earlier.line}`);
    seen.set(record.externalId, { line, content });
    return 'promisedOn' in record ? takePromise(trx, context, record) : takeDispute(trx, context, record);
  };
  for await (const batch of source.batches()) {
    for (const { line, cells } of batch) {
      rows += 1;
      const row = reader.read(cells);
      const outcome: Outcome = row.kind === 'refused' ? { status: 'refused', errors: row.errors } : await takeOver(line, row.record);
      counts[outcome.status] += 1;
      if (outcome.status !== 'refused') continue;
      for (const { field, value, reason } of outcome.errors) if (errors.length < errorsMax) errors.push({ line, column: reader.columnOf(field), value, reason });
    }
    options.onProgress?.({ kind, file, phase: 'writing', rows, bytes: source.readBytes(), totalBytes: source.totalBytes });
  }
  return { kind, file, rows, ...counts, errors, customFields: [], outcome: outcomeOf(options, counts.refused) };
}

interface Claimed {
  customer: string;
  timeZone: string;
  currency: string;
  openMinor: number;
  disputedMinor: number;
}

async function findClaimed(trx: Knex.Transaction, invoiceExternalId: string): Promise<Claimed | null> {
  const { rows } = await trx.raw<{ rows: Claimed[] }>(
    `SELECT c.external_id AS customer, c.time_zone AS "timeZone", i.currency, i.open_minor AS "openMinor",
       coalesce((SELECT sum(d.amount_minor) FROM disputes d WHERE d.invoice_id = i.id AND d.state = 'open'), 0)::bigint AS "disputedMinor"
     FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.external_id = ?`, [invoiceExternalId]);
  return rows[0] ?? null;
}

async function takePromise(trx: Knex.Transaction, context: LedgerContext, promise: PromiseRecord): Promise<Outcome> {
  const { externalId, invoiceExternalId, madeAt, promisedOn, currency, amountMinor } = promise;
  const invoice = await findClaimed(trx, invoiceExternalId);
  const refused = invoice ? unfit(invoice, currency, context, 'made_at', madeAt) : unknownInvoice(invoiceExternalId);
  if (refused || !invoice) return refused ?? unknownInvoice(invoiceExternalId);
  const { rows: [known] } = await trx.raw<{ rows: unknown[] }>('SELECT 1 FROM promises WHERE external_id = ?', [externalId]);
  if (!known && (isPast(promisedOn, invoice, context) || invoice.openMinor - invoice.disputedMinor <= 0)) return { status: 'unchanged' };
  return outcomeFrom(await recordPromise(trx, context, {
    externalId, customerExternalId: invoice.customer, invoiceExternalIds: [invoiceExternalId], currency, amountMinor, promisedOn, source: 'api', note: `Made ${madeAt}.`, atMost: true,
  }));
}

async function takeDispute(trx: Knex.Transaction, context: LedgerContext, dispute: DisputeRecord): Promise<Outcome> {
  const { externalId, invoiceExternalId, openedAt, currency, amountMinor, reason, resolved } = dispute;
  const invoice = await findClaimed(trx, invoiceExternalId);
  const refused = invoice ? unfit(invoice, currency, context, 'opened_at', openedAt) : unknownInvoice(invoiceExternalId);
  if (refused || !invoice) return refused ?? unknownInvoice(invoiceExternalId);
  const { rows: [known] } = await trx.raw<{ rows: { state: 'open' | 'resolved' }[] }>('SELECT state FROM disputes WHERE external_id = ?', [externalId]);
  if (!known && invoice.openMinor - invoice.disputedMinor <= 0) return { status: 'unchanged' };
  const opened = await openDispute(trx, context, {
    externalId, invoiceExternalId, ...(amountMinor === null ? {} : { amountMinor }), reason, detail: `Opened ${openedAt}.`, source: 'api', atMost: true,
  });
  const isOver = resolved !== null && momentIn(resolved.at, invoice.timeZone) <= context.at.getTime();
  if (opened.status === 'refused' || opened.disputeId === null || !isOver || known?.state === 'resolved') return outcomeFrom(opened);
  const { rows: [left] } = await trx.raw<{ rows: { disputed: number }[] }>(
    'SELECT least(d.amount_minor, greatest(i.open_minor, 0)) AS disputed FROM disputes d JOIN invoices i ON i.id = d.invoice_id WHERE d.id = ?', [opened.disputeId]);
  // Too little may be left to split, as part of it was paid: then nothing is credited, as in a simulation.
  const resolution = creditOf(resolved.resolution, left?.disputed ?? 0) === null ? { kind: 'invalid' as const } : resolved.resolution;
  await resolveDispute(trx, context, opened.disputeId, resolution, `Resolved ${resolved.at}.`);
  return { status: known ? 'updated' : 'created' };
}

function unfit(invoice: Claimed, currency: string, { at }: LedgerContext, field: string, moment: string): Outcome | null {
  if (invoice.currency !== currency) return refusal('currency', currency, `differs from the currency of the invoice, ${invoice.currency}`);
  return momentIn(moment, invoice.timeZone) > at.getTime() ? refusal(field, moment, 'lies ahead: bring it over once it has happened') : null;
}

function isPast(day: LocalDate, { timeZone }: Claimed, { at }: LedgerContext): boolean {
  return day < localDateAt(at.getTime(), timeZone);
}

function unknownInvoice(externalId: string): Outcome {
  return refusal('invoice_external_id', externalId, 'is not a known invoice');
}

function refusal(field: string, value: string, reason: string): Outcome {
  return { status: 'refused', errors: [{ field, value, reason }] };
}

function outcomeFrom({ status, errors }: RecordResult): Outcome {
  return status === 'refused' ? { status, errors: errors ?? [] } : { status };
}
