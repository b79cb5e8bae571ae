import { addDays } from '../../domain/calendar/dates';
import type { CustomerRecord, InvoiceRecord } from '../../domain/ledger/records';
import type { Ledger } from '../../domain/simulation/timeline';

const places = [
  { timeZone: 'Europe/Berlin', country: 'DE', region: 'BY', language: 'de', currency: 'EUR' },
  { timeZone: 'America/New_York', country: 'US', region: null, language: 'en', currency: 'USD' },
  { timeZone: 'Europe/London', country: 'GB', region: null, language: 'en', currency: 'GBP' },
  { timeZone: 'Asia/Tokyo', country: 'JP', region: null, language: 'en', currency: 'JPY' },
  { timeZone: 'Europe/Paris', country: 'FR', region: null, language: 'fr', currency: 'EUR' },
] as const;

export interface LedgerSize {
  invoices: number;
  invoicesPerCustomer: number;
  issuedFrom: string;
  /** Issue dates are spread over so many days. */
  issuedOverDays: number;
  termsDays: number;
}

/** A ledger of which nobody pays anything, the same each time: every invoice climbs the whole ladder. */
export function unpaidLedger({ invoices, invoicesPerCustomer, issuedFrom, issuedOverDays, termsDays }: LedgerSize): Ledger {
  const customers: CustomerRecord[] = Array.from({ length: Math.ceil(invoices / invoicesPerCustomer) }, (_, index) => {
    const { timeZone, country, region, language } = places[index % places.length]!;
    return { externalId: `c${index}`, name: `Customer ${index}`, timeZone, country, region, language, contacts: [{ role: 'billing', email: `c${index}@example.com` }] };
  });
  const made: InvoiceRecord[] = Array.from({ length: invoices }, (_, index) => {
    const customer = Math.floor(index / invoicesPerCustomer);
    const issuedOn = addDays(issuedFrom, (index * 7) % issuedOverDays);
    return {
      externalId: `i${index}`, number: `R-${index}`, customerExternalId: `c${customer}`, issuedOn, dueOn: addDays(issuedOn, termsDays),
      currency: places[customer % places.length]!.currency, totalMinor: 10_000 + ((index * 7_919) % 200_000),
    };
  });
  return { customers, invoices: made, payments: [], creditNotes: [] };
}
