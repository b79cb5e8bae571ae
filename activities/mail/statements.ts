import type { MessageCustomer, MessageRow } from '../../db/mail/messageRow';
import { dayMs } from '../../domain/calendar/dates';
import type { StatementContent } from '../../domain/statement/types';
import type { MessageInvoice } from '../../emails/types';

/** What an account was so many days ago is no news: the next statement tells how it is. */
const oldestDays = 7;

/** Why a statement that was written does not leave any more; null where it does, or is none. One that a person asked for leaves in spite of a pause. */
export function staleStatement({ source, content, idempotency_key, queued_at }: MessageRow, { paused, paused_until }: MessageCustomer, now: number): string | null {
  if (source !== 'statement' || !content.statement) return null;
  if (now - queued_at.getTime() > oldestDays * dayMs) return `it was written more than ${oldestDays} days ago`;
  const isPaused = paused && (paused_until === null || paused_until.getTime() > now);
  return isPaused && idempotency_key.startsWith('segment:') ? 'a person paused the collection of this customer before the statement was handed over' : null;
}

/** The open invoices that a statement told of, as its letter lists them: not as the ledger is now, so that letter and file say the same. */
export function statementInvoices({ items }: StatementContent): MessageInvoice[] {
  const charges = new Map<string, number>();
  for (const { kind, reference, openMinor } of items) if (kind !== 'invoice') charges.set(reference, (charges.get(reference) ?? 0) + openMinor);
  return items.filter(({ kind }) => kind === 'invoice').map(({ reference, issuedOn, dueOn, currency, totalMinor, openMinor, disputedMinor, promisedMinor }) => ({
    number: reference, issuedOn, dueOn, currency, totalMinor, openMinor: openMinor - disputedMinor - promisedMinor, disputedMinor, promisedMinor, chargesMinor: charges.get(reference) ?? 0, lines: [], discount: null, document: null,
  }));
}
