import { addDays, type LocalDate } from '../../domain/calendar/dates';
import type { CreditNoteRecord, CustomerRecord, DisputeRecord, FiledRefund, InvoiceRecord, PaymentRecord, PromiseRecord } from '../../domain/ledger/records';
import type { Ledger } from '../../domain/simulation/timeline';
import { seededRandom, type SeededRandom } from '../../demo/seededRandom';

const places = [
  { timeZone: 'America/New_York', country: 'US', region: null, currency: 'USD', scale: 100 },
  { timeZone: 'Europe/Berlin', country: 'DE', region: 'BY', currency: 'EUR', scale: 100 },
  { timeZone: 'Europe/London', country: 'GB', region: null, currency: 'GBP', scale: 100 },
  { timeZone: 'Asia/Tokyo', country: 'JP', region: null, currency: 'JPY', scale: 100 },
  { timeZone: 'Asia/Kuwait', country: 'KW', region: null, currency: 'KWD', scale: 1_000 },
  { timeZone: 'Australia/Sydney', country: 'AU', region: 'NSW', currency: 'USD', scale: 100 },
  { timeZone: 'UTC', country: null, region: null, currency: 'EUR', scale: 100 },
];

export interface GeneratedSize {
  seed: number;
  customers: number;
  invoices: number;
  /** Invoices are issued over so many days from `from` on. */
  from: LocalDate;
  days: number;
}

/**
 * A ledger as varied as a few hundred invoices can be: several currencies (with 0, 2 and 3 decimals) and zones, invoices due on one day, partial payments,
 * overpayments, payments on account, credit notes on an invoice and on account, refunds in whole and in part, reversals and chargebacks,
 * some of which are paid anew, customers that cannot be reached. The same for the same seed.
 */
export function generatedLedger({ seed, customers: customerCount, invoices: invoiceCount, from, days }: GeneratedSize): Ledger {
  const random = seededRandom(seed);
  const customers = Array.from({ length: customerCount }, (_, index): CustomerRecord & { place: (typeof places)[number] } => {
    const place = random.pick(places);
    const unreachable = index % 11 === 7;
    return {
      place, externalId: `C-${index}`, name: `Customer ${index}`, timeZone: place.timeZone, country: place.country, region: place.region,
      language: random.pick(['en', 'de', 'fr', 'es']), doNotContact: index % 13 === 5, tier: random.pick(['a', 'b', null]), graceDays: index % 5 === 2 ? 6 : null,
      contacts: unreachable ? [] : [{ role: 'billing', email: `c${index}@example.com` }],
    };
  });
  const invoices: InvoiceRecord[] = [];
  const payments: PaymentRecord[] = [];
  const creditNotes: CreditNoteRecord[] = [];
  for (let index = 0; index < invoiceCount; index += 1) {
    const { place, externalId: customerExternalId } = random.pick(customers);
    const issuedOn = addDays(from, random.between(0, days));
    const invoice: InvoiceRecord = {
      externalId: `INV-${String(index).padStart(4, '0')}`, customerExternalId, issuedOn, dueOn: addDays(issuedOn, random.pick([0, 7, 14, 14, 30])),
      currency: random.chance(0.1) ? 'EUR' : place.currency, totalMinor: random.between(20, 2_000) * place.scale + random.between(0, place.scale - 1),
    };
    invoices.push(invoice);
    settle(random, invoice, payments, creditNotes);
  }
  const promises: PromiseRecord[] = [];
  const disputes: DisputeRecord[] = [];
  for (const { externalId: invoiceExternalId, dueOn, currency, totalMinor } of invoices) {
    if (random.chance(0.2)) {
      const madeAt = addDays(dueOn, random.between(1, 40));
      promises.push({ externalId: `PR-${promises.length}`, invoiceExternalId, madeAt, promisedOn: addDays(madeAt, random.between(0, 15)), currency, amountMinor: random.between(1, totalMinor) });
    }
    if (random.chance(0.15)) {
      const openedAt = addDays(dueOn, random.between(-5, 30));
      const amountMinor = random.chance(0.4) ? null : random.between(1, totalMinor);
      const resolution = random.pick([{ kind: 'valid' as const }, { kind: 'invalid' as const }, { kind: 'split' as const, creditMinor: 1 }, null]);
      disputes.push({ externalId: `D-${disputes.length}`, invoiceExternalId, openedAt, currency, amountMinor, reason: 'quality', resolved: resolution && { at: addDays(openedAt, random.between(1, 40)), resolution } });
    }
  }
  return { customers: customers.map(({ place: _place, ...customer }) => customer), invoices, payments, creditNotes, refunds: goBack(random, payments), promises, disputes };
}

/** What goes back of payments, in the order in which it happens; some of what bounced is paid anew. */
function goBack(random: SeededRandom, payments: PaymentRecord[]): FiledRefund[] {
  const refunds: FiledRefund[] = [];
  for (const payment of [...payments]) {
    if (!random.chance(0.3)) continue;
    const { externalId: paymentExternalId, currency, amountMinor } = payment;
    const back = (kind: FiledRefund['kind'], refundedAt: string, partMinor: number | null): void => {
      refunds.push({ externalId: `RF-${refunds.length}`, paymentExternalId, kind, refundedAt, currency, amountMinor: partMinor, reason: kind === 'refund' ? 'returned' : 'bounced' });
    };
    const day = addDays(payment.receivedAt.slice(0, 10), random.between(1, 25));
    const at = random.chance(0.4) ? `${day}T${String(random.between(6, 20)).padStart(2, '0')}:15:00Z` : day;
    const later = addDays(day, random.between(1, 30));
    switch (random.between(0, 4)) {
      case 0:
        back('reversal', at, null);
        payments.push({ ...payment, externalId: `${paymentExternalId}-anew`, receivedAt: later });
        break;
      case 1: back('chargeback', at, null); break;
      case 2: back('refund', at, null); break;
      case 3: back('refund', at, random.between(1, amountMinor)); break;
      default:
        back('refund', at, Math.ceil(amountMinor / 3));
        back(random.pick(['refund', 'reversal']), later, null);
    }
  }
  return refunds;
}

/** How customers pay: early, late, in parts, too much, on account, partly by a credit note, or not at all. */
function settle(random: SeededRandom, invoice: InvoiceRecord, payments: PaymentRecord[], creditNotes: CreditNoteRecord[]): void {
  const { externalId: invoiceExternalId, customerExternalId, currency, totalMinor, issuedOn } = invoice;
  const pay = (amountMinor: number, afterDays: number, onAccount = false): void => {
    if (amountMinor <= 0) return;
    const day = addDays(issuedOn, afterDays);
    payments.push({
      externalId: `P-${payments.length}`, customerExternalId, invoiceExternalId: onAccount ? null : invoiceExternalId, currency, amountMinor,
      receivedAt: random.chance(0.3) ? `${day}T${String(random.between(6, 20)).padStart(2, '0')}:${random.pick(['00', '30'])}:00Z` : day,
    });
  };
  const credit = (amountMinor: number, afterDays: number, onAccount: boolean): void => {
    if (amountMinor <= 0) return;
    creditNotes.push({ externalId: `CN-${creditNotes.length}`, customerExternalId, invoiceExternalId: onAccount ? null : invoiceExternalId, currency, amountMinor, issuedOn: addDays(issuedOn, afterDays) });
  };
  const half = Math.floor(totalMinor / 2);
  switch (random.between(0, 9)) {
    case 0: return pay(totalMinor, 0);
    case 1: return pay(totalMinor, random.between(1, 12));
    case 2: case 3: return pay(totalMinor, random.between(10, 60));
    case 4:
      pay(half, random.between(5, 30));
      return pay(totalMinor - half, random.between(31, 90));
    case 5: return pay(totalMinor + random.between(1, 500), random.between(15, 100));
    case 6:
      credit(half, random.between(1, 40), false);
      return pay(totalMinor - half, random.between(41, 80));
    case 7: return pay(random.between(1, totalMinor), random.between(5, 70), true);
    case 8: return credit(random.between(1, totalMinor), random.between(5, 50), random.chance(0.5));
    default:
  }
}
