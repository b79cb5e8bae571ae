import { seededRandom, type SeededRandom } from '../../demo/seededRandom';
import { addDays, type LocalDate } from '../../domain/calendar/dates';
import type { CreditNoteRecord, CustomerRecord, DisputeRecord, FiledRefund, InvoiceRecord, PaymentRecord, PromiseRecord } from '../../domain/ledger/records';
import type { Ledger } from '../../domain/simulation/timeline';

export const places = [
  { timeZone: 'Europe/Berlin', country: 'DE', region: 'BY', language: 'de', currency: 'EUR', unit: 100 },
  { timeZone: 'America/New_York', country: 'US', region: null, language: 'en', currency: 'USD', unit: 100 },
  { timeZone: 'Europe/Madrid', country: 'ES', region: null, language: 'es', currency: 'EUR', unit: 100 },
  { timeZone: 'Asia/Tokyo', country: 'JP', region: null, language: 'en', currency: 'JPY', unit: 150 },
  { timeZone: 'Asia/Kuwait', country: 'KW', region: null, language: 'en', currency: 'KWD', unit: 300 },
];

/** The last payment comes 140 days after the last invoice was issued; what goes back of it, and is paid anew, comes within so many. */
const afterLastIssueDays = 160;

export interface LivedLedgerOptions {
  seed: number;
  invoices: number;
  /** On average. */
  invoicesPerCustomer: number;
  from: LocalDate;
  /** Invoices are issued over so many days. */
  issuedOverDays: number;
}

/**
 * A ledger as it comes about: paid early, late, in parts, too much, on account, by credit note, or never, promised and disputed before, bounced, refunded and paid anew, in currencies
 * of 0, 2 and 3 decimals.
 * Payments and words come at a second at which nothing else happens to their customer, and credit notes on days without a new invoice of it, since a system that is fed over
 * its API takes one thing at a time.
 */
export function livedLedger({ seed, invoices: count, invoicesPerCustomer, from, issuedOverDays }: LivedLedgerOptions): Ledger {
  const random = seededRandom(seed);
  const customers: CustomerRecord[] = Array.from({ length: Math.ceil(count / invoicesPerCustomer) }, (_, index) => {
    const { timeZone, country, region, language } = places[index % places.length]!;
    const contacts = random.chance(0.05) ? [] : [{ role: 'billing' as const, email: `c${index}@example.com` }];
    return { externalId: `c${index}`, name: `Customer ${index}`, timeZone, country, region, language, contacts };
  });
  const invoices = Array.from({ length: count }, (_, index): InvoiceRecord => {
    const customer = random.between(0, customers.length - 1);
    const { currency, unit } = places[customer % places.length]!;
    const issuedOn = addDays(from, random.between(0, issuedOverDays));
    return { externalId: `i${index}`, customerExternalId: `c${customer}`, issuedOn, dueOn: addDays(issuedOn, random.pick([0, 14, 30])), currency, totalMinor: random.between(1, 1_500) * unit };
  });
  const settling = new Settling(random, invoices, addDays(from, issuedOverDays + afterLastIssueDays));
  for (const invoice of invoices) settling.settle(invoice);
  settling.goBack();
  return { customers, invoices, payments: settling.payments, creditNotes: settling.creditNotes, refunds: settling.refunds, promises: settling.promises, disputes: settling.disputes };
}

class Settling {
  readonly payments: PaymentRecord[] = [];
  readonly creditNotes: CreditNoteRecord[] = [];
  readonly refunds: FiledRefund[] = [];
  readonly promises: PromiseRecord[] = [];
  readonly disputes: DisputeRecord[] = [];
  private readonly taken = new Set<string>();

  constructor(private readonly random: SeededRandom, invoices: readonly InvoiceRecord[], private readonly lastDay: LocalDate) {
    for (const { customerExternalId, issuedOn } of invoices) this.taken.add(`${customerExternalId} ${issuedOn}`);
  }

  settle(invoice: InvoiceRecord): void {
    const { totalMinor } = invoice;
    const after = (days: number): LocalDate => addDays(invoice.dueOn, Math.max(days, 1));
    const part = Math.max(1, Math.floor(totalMinor * (0.2 + this.random.next() * 0.6)));
    switch (this.random.weighted([{ way: 'never', weight: 25 }, { way: 'full', weight: 40 }, { way: 'parts', weight: 15 }, { way: 'over', weight: 5 }, { way: 'on-account', weight: 7 }, { way: 'credit-note', weight: 8 }] as const).way) {
      case 'never':
        if (this.random.chance(0.35)) this.promise(invoice, after(this.random.between(1, 25)), part);
        else if (this.random.chance(0.4)) this.dispute(invoice, after(this.random.between(-5, 20)), part);
        return;
      case 'full': {
        const paidOn = after(this.random.between(-10, 70));
        if (paidOn > after(5) && this.random.chance(0.35)) this.promise(invoice, addDays(paidOn, -this.random.between(1, 4)), totalMinor);
        return this.pay(invoice, paidOn, totalMinor);
      }
      case 'parts':
        if (this.random.chance(0.2)) this.promise(invoice, after(1), totalMinor);
        this.pay(invoice, after(this.random.between(0, 40)), part);
        if (this.random.chance(0.6) && totalMinor > part) this.pay(invoice, after(this.random.between(41, 110)), totalMinor - part);
        return;
      case 'over': return this.pay(invoice, after(this.random.between(0, 30)), totalMinor + part);
      case 'on-account': return this.pay({ ...invoice, externalId: '' }, after(this.random.between(0, 30)), part);
      case 'credit-note': return this.credit(invoice, after(this.random.between(1, 40)), part);
    }
  }

  /** Of every third payment something goes back: most of it bounces, after weeks even, and of that some is paid anew. */
  goBack(): void {
    for (const payment of [...this.payments]) {
      if (!this.random.chance(0.33)) continue;
      const { externalId: paymentExternalId, customerExternalId, currency, amountMinor } = payment;
      const on = earlier(addDays(payment.receivedAt.slice(0, 10), this.random.between(1, 30)), addDays(this.lastDay, -10));
      const back = (kind: FiledRefund['kind'], day: LocalDate, partMinor: number | null): void => {
        this.refunds.push({ externalId: `r${this.refunds.length}`, paymentExternalId, kind, refundedAt: this.secondOf(customerExternalId ?? '', day), currency, amountMinor: partMinor, reason: kind === 'refund' ? 'returned' : 'bounced' });
      };
      switch (this.random.weighted([{ way: 'reversed', weight: 30 }, { way: 'anew', weight: 25 }, { way: 'charged-back', weight: 15 }, { way: 'part', weight: 20 }, { way: 'both', weight: 10 }] as const).way) {
        case 'reversed': back('reversal', on, null); break;
        case 'anew':
          back('reversal', on, null);
          this.payments.push({ ...payment, externalId: `${paymentExternalId}-anew`, receivedAt: this.secondOf(customerExternalId ?? '', earlier(addDays(on, this.random.between(3, 40)), this.lastDay)) });
          break;
        case 'charged-back': back('chargeback', on, null); break;
        case 'part': back('refund', on, Math.max(1, Math.floor(amountMinor / 2))); break;
        case 'both':
          back('refund', on, Math.max(1, Math.floor(amountMinor / 3)));
          back('reversal', addDays(on, this.random.between(1, 10)), null);
      }
    }
  }

  private pay({ externalId, customerExternalId, currency }: InvoiceRecord, on: LocalDate, amountMinor: number): void {
    this.payments.push({ externalId: `p${this.payments.length}`, customerExternalId, invoiceExternalId: externalId || null, receivedAt: this.secondOf(customerExternalId, on), currency, amountMinor });
  }

  /** Some are kept by the payment that comes, some in part, some not at all. */
  private promise({ externalId, customerExternalId, currency, totalMinor }: InvoiceRecord, on: LocalDate, amountMinor: number): void {
    const madeAt = this.secondOf(customerExternalId, on);
    // A day later than anybody's clock says: where the customer is it may be tomorrow already.
    const promisedOn = addDays(on, this.random.between(1, 14));
    this.promises.push({ externalId: `w${this.promises.length}`, invoiceExternalId: externalId, madeAt, promisedOn, currency, amountMinor: Math.min(amountMinor, totalMinor) });
  }

  private dispute({ externalId, customerExternalId, currency, totalMinor }: InvoiceRecord, on: LocalDate, part: number): void {
    const openedAt = this.secondOf(customerExternalId, on);
    const amountMinor = this.random.chance(0.5) ? totalMinor : part;
    const split = { kind: 'split', creditMinor: Math.ceil(amountMinor / 2) } as const;
    const resolution = this.random.pick([{ kind: 'valid' } as const, { kind: 'invalid' } as const, amountMinor > split.creditMinor ? split : null, null]);
    const resolved = resolution && { at: this.secondOf(customerExternalId, addDays(on, this.random.between(1, 30))), resolution };
    this.disputes.push({ externalId: `d${this.disputes.length}`, invoiceExternalId: externalId, openedAt, currency, amountMinor, reason: 'quality', resolved });
  }

  /** A second of a day at which nothing else happens to the customer. */
  private secondOf(customerExternalId: string, on: LocalDate): string {
    const two = (value: number): string => String(value).padStart(2, '0');
    let at: string;
    do at = `${on}T${two(this.random.between(0, 23))}:${two(this.random.between(0, 59))}:17Z`;
    while (this.taken.has(`${customerExternalId} ${at}`));
    this.taken.add(`${customerExternalId} ${at}`);
    return at;
  }

  private credit({ externalId, customerExternalId, currency }: InvoiceRecord, on: LocalDate, amountMinor: number): void {
    let issuedOn = on;
    while (this.taken.has(`${customerExternalId} ${issuedOn}`)) issuedOn = addDays(issuedOn, 1);
    this.taken.add(`${customerExternalId} ${issuedOn}`);
    this.creditNotes.push({ externalId: `n${this.creditNotes.length}`, customerExternalId, invoiceExternalId: externalId, issuedOn, currency, amountMinor, reason: 'agreed' });
  }
}

function earlier(one: LocalDate, other: LocalDate): LocalDate {
  return one < other ? one : other;
}
