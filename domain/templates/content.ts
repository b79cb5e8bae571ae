import type { LocalDate } from '../calendar/dates';
import type { Money } from '../money/money';
import type { DiscountTerms } from '../policy/types';

/** What a statement tells of an account between two days. */
export interface StatementContent {
  from: LocalDate;
  to: LocalDate;
  /** One amount per currency. */
  opening: readonly Money[];
  closing: readonly Money[];
  entries: readonly { date: LocalDate; text: string; amount: Money; balance: Money }[];
}

/** What a message tells beyond what the ledger says of its customer and invoices: each is needed by templates of that kind. */
export interface MessageContent {
  segment?: { name: string };
  statement?: StatementContent;
  /** `offer`: in words, or as terms that are put into words of the customer's language. */
  campaign?: { name: string; offer: string | DiscountTerms | null; expiresOn: LocalDate | null };
  /** For templates of the kind internal. */
  notice?: { title: string; text: string | null; url: string | null; items?: readonly { title: string; customer: string | null; url: string | null }[] };
}
