import { disputeReasons, type DisputeResolution } from '../dispute/dispute';
import { isCurrency } from '../money/money';
import { checkAmount } from './checks';
import type { DisputeRecord, PromiseRecord } from './records';
import type { Row } from './row';

export function readPromise(row: Row): PromiseRecord {
  const currency = row.currency('currency');
  const madeAt = row.moment('made_at');
  const promisedOn = row.date('promised_on');
  // An instant may be a day earlier where the customer is: only dates can be compared here.
  if (madeAt.length === 10 && promisedOn && promisedOn < madeAt) row.refuse('promised_on', promisedOn, `is before the promise was made, ${madeAt}`);
  return {
    externalId: row.required('external_id'), invoiceExternalId: row.required('invoice_external_id'), madeAt, promisedOn, currency, amountMinor: row.money('amount', currency, checkAmount),
  };
}

export function readDispute(row: Row): DisputeRecord {
  const currency = row.currency('currency');
  const openedAt = row.moment('opened_at');
  const amountMinor = row.text('amount') ? row.money('amount', currency, checkAmount) : null;
  const reason = row.choice('reason', disputeReasons);
  if (!row.text('reason')) row.refuse('reason', null, `is empty; it is one of ${disputeReasons.join(', ')}`);
  return {
    externalId: row.required('external_id'), invoiceExternalId: row.required('invoice_external_id'), openedAt, currency, amountMinor, reason: reason ?? 'other',
    resolved: readResolved(row, currency, amountMinor, openedAt),
  };
}

function readResolved(row: Row, currency: string, amountMinor: number | null, openedAt: string): DisputeRecord['resolved'] {
  const kind = row.choice('resolution', ['valid', 'invalid', 'split'] as const);
  if (!kind) {
    for (const field of ['credit', 'resolved_at']) if (row.text(field)) row.refuse(field, row.text(field) ?? null, 'is given, although the dispute is not resolved: resolution is empty');
    return null;
  }
  const at = row.moment('resolved_at');
  if (at.length === 10 && openedAt.length === 10 && at < openedAt) row.refuse('resolved_at', at, `is before the dispute was opened, ${openedAt}`);
  return { at, resolution: readResolution(row, kind, currency, amountMinor) };
}

function readResolution(row: Row, kind: DisputeResolution['kind'], currency: string, amountMinor: number | null): DisputeResolution {
  if (kind !== 'split') {
    if (row.text('credit')) row.refuse('credit', row.text('credit') ?? null, `is for a split: ${kind === 'valid' ? 'all that is disputed' : 'nothing'} is credited where the dispute is ${kind}`);
    return { kind };
  }
  const creditMinor = row.money('credit', currency, checkAmount);
  if (amountMinor !== null && isCurrency(currency) && creditMinor >= amountMinor) row.refuse('credit', row.text('credit') ?? null, 'must be less than what is disputed');
  return { kind, creditMinor };
}
