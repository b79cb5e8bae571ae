import type { LocalDate } from '../calendar/dates';
import type { CustomerFacts, InvoiceFacts, Owed, Owes } from '../collection/facts';
import type { EventFacts } from '../events/kinds';
import { known } from './known';

/** What a condition is evaluated on, and the date where the customer is. */
export interface ConditionFacts {
  customer: CustomerFacts;
  /** The invoice that is asked about; null where a customer is, as for a segment. */
  invoice: InvoiceFacts | null;
  today: LocalDate;
  /** What is owed on all the customer's invoices: given where a customer is asked about. Elsewhere it is worked out of `customer.owes`. */
  account?: AccountFacts;
  /** What happened: given where something that happens is what sets off what the condition is of. */
  event?: EventFacts;
}

/** A customer's account: what a condition on a customer can look at. */
export interface AccountFacts {
  /** By currency; one that is not there is zero. */
  totals: Totals;
  /** Those that are open. */
  invoices: readonly InvoiceFacts[];
}

type Totals = Readonly<Record<string, AccountTotals>>;

export interface AccountTotals {
  /** Open on all invoices. */
  openMinor: number;
  /** The part of it that is past due where the customer is. */
  overdueMinor: number;
  disputedMinor: number;
  promisedMinor: number;
  /** Cash and credit that are not put to an invoice. */
  unappliedMinor: number;
}

const nothing: AccountTotals = { openMinor: 0, overdueMinor: 0, disputedMinor: 0, promisedMinor: 0, unappliedMinor: 0 };

/** What a customer owes and has in hand, by currency, on a day where the customer is. */
export function totalsOf({ open, unapplied }: Owes, today: LocalDate): Totals {
  const totals: Record<string, AccountTotals> = {};
  const totalIn = (currency: string): AccountTotals => totals[currency] ??= { ...nothing };
  for (const { currency, dueOn, openMinor, disputedMinor, promisedMinor } of open) {
    const total = totalIn(currency);
    total.openMinor += openMinor;
    if (dueOn < today) total.overdueMinor += openMinor;
    total.disputedMinor += disputedMinor;
    total.promisedMinor += promisedMinor;
  }
  for (const [currency, unappliedMinor] of Object.entries(unapplied)) totalIn(currency).unappliedMinor += unappliedMinor;
  return totals;
}

/** What the customer's account has in each currency in which it has something. */
export function allTotals({ account, customer, today }: ConditionFacts): Totals {
  return account ? account.totals : totalsOf(known(customer.owes, 'what the customer owes'), today);
}

/** What the customer's account has in a currency. */
export function totalsIn(facts: ConditionFacts, currency: string): AccountTotals {
  const totals = allTotals(facts);
  return Object.hasOwn(totals, currency) ? (totals[currency] ?? nothing) : nothing;
}

/** The customer's open invoices, as far as an account knows them. */
export function openOf({ account, customer }: ConditionFacts): readonly Owed[] {
  return account ? account.invoices : known(customer.owes, 'what the customer owes').open;
}
