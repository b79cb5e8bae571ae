import { localDateAt, momentIn } from '../calendar/zones';
import type { InstantMs, LocalDate } from '../calendar/dates';
import { statementFrom } from '../statement/makeStatement';
import type { LastStatement, StatementStanding } from '../statement/types';
import type { LedgerEvent } from './timeline';

/** What moved a customer's account in a simulation: by it, whether a statement would tell of anything new. */
export class AccountMovements {
  private readonly moved: { on: LocalDate; at: InstantMs }[] = [];
  private charged = false;

  constructor(private readonly timeZone: string) {}

  note(event: LedgerEvent): void {
    const on = this.dayOf(event);
    if (on !== null) this.moved.push({ on, at: event.at });
  }

  /** A late fee or interest: nothing in the files of a simulation pays it, so that it stays open. */
  noteCharge(on: LocalDate, at: InstantMs): void {
    this.charged = true;
    this.moved.push({ on, at });
  }

  /** How a statement stands, given whether anything is open on invoices or unapplied. */
  standing(isOpen: boolean, today: LocalDate, last: Pick<LastStatement, 'to' | 'at'> | null): StatementStanding {
    const from = statementFrom(today, last);
    return { open: isOpen || this.charged, moved: this.moved.some(({ on, at }) => on <= today && (on >= from || (last !== null && at > last.at))) };
  }

  private dayOf(event: LedgerEvent): LocalDate | null {
    switch (event.kind) {
      case 'invoice': return (event.invoice.documentState ?? 'issued') === 'issued' && event.invoice.totalMinor > 0 ? event.invoice.issuedOn : null;
      case 'credit-note': return event.creditNote.issuedOn;
      case 'payment': return localDateAt(momentIn(event.payment.receivedAt, this.timeZone), this.timeZone);
      case 'refund':
      case 'dispute-resolved': return localDateAt(event.at, this.timeZone);
      case 'promise':
      case 'dispute': return null;
    }
  }
}
