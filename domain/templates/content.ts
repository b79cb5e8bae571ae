import type { LocalDate } from '../calendar/dates';
import type { DiscountTerms } from '../policy/types';
import type { StatementContent } from '../statement/types';

/** What a message tells beyond what the ledger says of its customer and invoices: each is needed by templates of that kind. */
export interface MessageContent {
  segment?: { name: string };
  statement?: StatementContent;
  /** `offer`: in words, or as terms that are put into words of the customer's language. */
  campaign?: { name: string; offer: string | DiscountTerms | null; expiresOn: LocalDate | null };
  /** For templates of the kind internal. */
  notice?: { title: string; text: string | null; url: string | null; items?: readonly { title: string; customer: string | null; url: string | null }[] };
}
