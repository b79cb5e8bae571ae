import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import { localDateAt, momentIn } from '../../domain/calendar/zones';
import { creditOf } from '../../domain/dispute/dispute';
import type { ClaimKind, DisputeRecord, FieldError, PromiseRecord } from '../../domain/ledger/records';
import { rowReader } from '../../domain/ledger/rows';
import { openDisputes, resolveDisputes } from '../disputes';
import type { LedgerContext, RecordResult, RecordStatus } from '../ledger/context';
import { recordPromises, type NewPromise } from '../promises';
import type { ImportOptions, RowSource } from './importRows';
import { errorsMax, outcomeOf, type ImportReport, type RowError } from './report';

type Outcome = { status: Exclude<RecordStatus, 'refused'> } | { status: 'refused'; errors: readonly FieldError[] };

interface Waiting<R> {
  /** Its position among the rows of a batch. */
  position: number;
  record: R;
}

/**
 * Takes over promises or disputes from a file, in sets. They are made on the day of the import, as a simulation has it of a ledger that is brought over. What holds nothing back any more, since its
 * day is over or nothing is open, is left out and counts as unchanged.
 */
export async function importClaims(trx: Knex.Transaction, context: LedgerContext, source: RowSource, options: ImportOptions & { kind: ClaimKind }): Promise<Omit<ImportReport, 'digest' | 'durationMs'>> {
  const { kind, file, mapping } = options;
  const reader = rowReader(kind, mapping, source.header);
  const counts: Record<RecordStatus, number> = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  const errors: RowError[] = [];
  const seen = new Map<string, { line: number; content: string }>();
  let rows = 0;
  const repeated = (line: number, record: PromiseRecord | DisputeRecord): Outcome | null => {
    const content = JSON.stringify(record);
    const earlier = seen.get(record.externalId);
    if (earlier) return earlier.content === content ? { status: 'unchanged' } : refusal('external_id', record.externalId, `stands with other content in line ${earlier.line}`);
    seen.set(record.externalId, { line, content });
    return null;
  };
  for await (const batch of source.batches()) {
    rows += batch.length;
    const outcomes: (Outcome | null)[] = [];
    const waiting: Waiting<PromiseRecord | DisputeRecord>[] = [];
    for (const { line, cells } of batch) {
      const row = reader.read(cells);
      const outcome: Outcome | null = row.kind === 'refused' ? { status: 'refused', errors: row.errors } : repeated(line, row.record);
      if (outcome === null && row.kind !== 'refused') waiting.push({ position: outcomes.length, record: row.record });
      outcomes.push(outcome);
    }
    for (const wave of waves(waiting)) for (const [position, outcome] of await takeOver(trx, context, wave)) outcomes[position] = outcome;
    outcomes.forEach((outcome, position) => {
      if (!outcome) throw new Error(`Row ${position} of ${file} was given no answer.`);
      counts[outcome.status] += 1;
      if (outcome.status !== 'refused') return;
      for (const { field, value, reason } of outcome.errors) if (errors.length < errorsMax) errors.push({ line: batch[position]?.line ?? 0, column: reader.columnOf(field), value, reason });
    });
    options.onProgress?.({ kind, file, phase: 'writing', rows, bytes: source.readBytes(), totalBytes: source.totalBytes });
  }
  return { kind, file, rows, ...counts, errors, customFields: [], outcome: outcomeOf(options, counts.refused) };
}

/** Each is for what those before it on the same invoice have left: the first of every invoice, then the second of every invoice, and so on. */
function waves<R extends { invoiceExternalId: string }>(waiting: readonly Waiting<R>[]): Waiting<R>[][] {
  const found: Waiting<R>[][] = [];
  const counts = new Map<string, number>();
  for (const each of waiting) {
    const before = counts.get(each.record.invoiceExternalId) ?? 0;
    counts.set(each.record.invoiceExternalId, before + 1);
    (found[before] ??= []).push(each);
  }
  return found;
}

type Outcomes = readonly (readonly [position: number, outcome: Outcome])[];

async function takeOver(trx: Knex.Transaction, context: LedgerContext, wave: readonly Waiting<PromiseRecord | DisputeRecord>[]): Promise<Outcomes> {
  const promises = wave.flatMap(({ position, record }) => ('promisedOn' in record ? [{ position, record }] : []));
  const disputes = wave.flatMap(({ position, record }) => ('promisedOn' in record ? [] : [{ position, record }]));
  const invoices = await findClaimed(trx, wave.map(({ record }) => record.invoiceExternalId));
  return [...(await takePromises(trx, context, promises, invoices)), ...(await takeDisputes(trx, context, disputes, invoices))];
}

interface Claimed {
  customer: string;
  timeZone: string;
  currency: string;
  openMinor: number;
  disputedMinor: number;
}

async function findClaimed(trx: Knex.Transaction, externalIds: readonly string[]): Promise<ReadonlyMap<string, Claimed>> {
  const { rows } = await trx.raw<{ rows: (Claimed & { externalId: string })[] }>(
    `SELECT i.external_id AS "externalId", c.external_id AS customer, c.time_zone AS "timeZone", i.currency, i.open_minor AS "openMinor",
       coalesce((SELECT sum(d.amount_minor) FROM disputes d WHERE d.invoice_id = i.id AND d.state = 'open'), 0)::bigint AS "disputedMinor"
     FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.external_id = ANY(?)`, [[...externalIds]]);
  return new Map(rows.map((row) => [row.externalId, row]));
}

async function takePromises(trx: Knex.Transaction, context: LedgerContext, promises: readonly Waiting<PromiseRecord>[], invoices: ReadonlyMap<string, Claimed>): Promise<Outcomes> {
  if (promises.length === 0) return [];
  const known = new Set(await trx<{ external_id: string }>('promises').whereIn('external_id', promises.map(({ record }) => record.externalId)).pluck('external_id'));
  const outcomes: (readonly [number, Outcome])[] = [];
  const fit: { position: number; promise: NewPromise }[] = [];
  for (const { position, record } of promises) {
    const { externalId, invoiceExternalId, madeAt, promisedOn, currency, amountMinor } = record;
    const invoice = invoices.get(invoiceExternalId);
    const refused = invoice ? unfit(invoice, currency, context, 'made_at', madeAt) : unknownInvoice(invoiceExternalId);
    if (refused || !invoice) outcomes.push([position, refused ?? unknownInvoice(invoiceExternalId)]);
    else if (!known.has(externalId) && (isPast(promisedOn, invoice, context) || invoice.openMinor - invoice.disputedMinor <= 0)) outcomes.push([position, { status: 'unchanged' }]);
    else fit.push({ position, promise: { externalId, customerExternalId: invoice.customer, invoiceExternalIds: [invoiceExternalId], currency, amountMinor, promisedOn, source: 'api', note: `Made ${madeAt}.`, atMost: true } });
  }
  const results = await recordPromises(trx, context, fit.map(({ promise }) => promise));
  return [...outcomes, ...fit.map(({ position }, index) => [position, outcomeFrom(results[index])] as const)];
}

async function takeDisputes(trx: Knex.Transaction, context: LedgerContext, disputes: readonly Waiting<DisputeRecord>[], invoices: ReadonlyMap<string, Claimed>): Promise<Outcomes> {
  if (disputes.length === 0) return [];
  const stands = await trx<{ external_id: string; state: 'open' | 'resolved' }>('disputes').whereIn('external_id', disputes.map(({ record }) => record.externalId)).select('external_id', 'state');
  const known = new Map(stands.map(({ external_id, state }) => [external_id, state]));
  const outcomes: (readonly [number, Outcome])[] = [];
  const fit: { position: number; record: DisputeRecord; timeZone: string }[] = [];
  for (const { position, record } of disputes) {
    const invoice = invoices.get(record.invoiceExternalId);
    const refused = invoice ? unfit(invoice, record.currency, context, 'opened_at', record.openedAt) : unknownInvoice(record.invoiceExternalId);
    if (refused || !invoice) outcomes.push([position, refused ?? unknownInvoice(record.invoiceExternalId)]);
    else if (!known.has(record.externalId) && invoice.openMinor - invoice.disputedMinor <= 0) outcomes.push([position, { status: 'unchanged' }]);
    else fit.push({ position, record, timeZone: invoice.timeZone });
  }
  const opened = await openDisputes(trx, context, fit.map(({ record: { externalId, invoiceExternalId, amountMinor, reason, openedAt } }) => ({
    externalId, invoiceExternalId, ...(amountMinor === null ? {} : { amountMinor }), reason, detail: `Opened ${openedAt}.`, source: 'api', atMost: true,
  })));
  const over = fit.flatMap(({ record: { externalId, resolved }, timeZone }, index) => {
    const { status, disputeId = null } = opened[index] ?? {};
    const isOver = resolved !== null && momentIn(resolved.at, timeZone) <= context.at.getTime();
    return status !== 'refused' && disputeId !== null && isOver && known.get(externalId) !== 'resolved' ? [{ index, id: disputeId, resolved }] : [];
  });
  await resolveOver(trx, context, over);
  const resolved = new Set(over.map(({ index }) => index));
  return [...outcomes, ...fit.map(({ position, record }, index) => [position, resolved.has(index) ? { status: known.has(record.externalId) ? 'updated' as const : 'created' as const } : outcomeFrom(opened[index])] as const)];
}

async function resolveOver(trx: Knex.Transaction, context: LedgerContext, over: readonly { id: number; resolved: NonNullable<DisputeRecord['resolved']> }[]): Promise<void> {
  if (over.length === 0) return;
  const { rows } = await trx.raw<{ rows: { id: number; disputed: number }[] }>(
    'SELECT d.id, least(d.amount_minor, greatest(i.open_minor, 0)) AS disputed FROM disputes d JOIN invoices i ON i.id = d.invoice_id WHERE d.id = ANY(?)', [over.map(({ id }) => id)]);
  const left = new Map(rows.map(({ id, disputed }) => [id, disputed]));
  // Too little may be left to split, as part of it was paid: then nothing is credited, as in a simulation.
  await resolveDisputes(trx, context, over.map(({ id, resolved }) => ({
    id, resolution: creditOf(resolved.resolution, left.get(id) ?? 0) === null ? { kind: 'invalid' as const } : resolved.resolution, note: `Resolved ${resolved.at}.`,
  })));
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

function outcomeFrom(result: RecordResult | undefined): Outcome {
  if (!result) throw new Error('A claim was given no answer.');
  const { status, errors } = result;
  return status === 'refused' ? { status, errors: errors ?? [] } : { status };
}
