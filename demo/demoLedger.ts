import { addDays, dayNumber, dateOfDay, type LocalDate } from '../domain/calendar/dates';
import type { CreditNoteRecord, CustomerRecord, InvoiceLineRecord, InvoiceRecord, PaymentRecord } from '../domain/ledger/records';
import { behaviours, type Behaviour } from './behaviours';
import { places, type Place } from './places';
import { seededRandom, type SeededRandom } from './seededRandom';

/** A payment that the bank took back, or a write-off: by date, since they happen to what came before. */
export type DemoReversal = { paymentExternalId: string; on: LocalDate; reason: string };
export type DemoWriteOff = { externalId: string; invoiceExternalId: string; on: LocalDate; reason: string };

export type DemoLedger = {
  /** The day that the demo calls today. */
  today: LocalDate;
  customers: CustomerRecord[];
  invoices: InvoiceRecord[];
  payments: (PaymentRecord & { customerExternalId: string; invoiceExternalId: string | null })[];
  creditNotes: CreditNoteRecord[];
  reversals: DemoReversal[];
  writeOffs: DemoWriteOff[];
};

/** A Wednesday, so that the demo opens on a working day; eight months lie before it. */
export const demoToday: LocalDate = '2026-06-17';

const seed = 20260617;
const invoicesCount = 600;
const daysBack = 243;
const articles = ['Support subscription', 'Consulting', 'Annual licence', 'Delivery and set-up', 'Training', 'Spare parts', 'Maintenance', 'Data services'] as const;

/**
 * The demo's ledger: always the same customers, invoices and payments, up to and including its today.
 * @param on another day to call today, which moves all dates along
 */
export function demoLedger(on: LocalDate = demoToday): DemoLedger {
  const random = seededRandom(seed);
  const ledger: DemoLedger = { today: on, customers: [], invoices: [], payments: [], creditNotes: [], reversals: [], writeOffs: [] };
  const customers = makeCustomers(random);
  ledger.customers.push(...customers.map(({ record }) => record));

  const today = dayNumber(on);
  const issueDays = Array.from({ length: invoicesCount }, () => workingDay(today - random.between(0, daysBack))).sort((a, b) => a - b);
  issueDays.forEach((issueDay, index) => {
    const customer = random.pick(customers);
    const invoice = makeInvoice(random, customer, issueDay, index);
    ledger.invoices.push(invoice);
    if (invoice.documentState === undefined) settle(random, ledger, customer, invoice);
  });
  payOnAccount(random, ledger, customers);
  return ledger;
}

type DemoCustomer = { record: CustomerRecord; place: Place; behaviour: Behaviour };

function makeCustomers(random: SeededRandom): DemoCustomer[] {
  const names = places.flatMap((place) => place.companies.map((company) => ({ company, place })));
  return names.map(({ company, place }, index) => {
    const behaviour = index < behaviours.length ? behaviours[index]! : random.weighted(behaviours);
    const mailDomain = `${asciiWords(company).slice(0, 2).join('-')}.example`;
    const person = random.pick(place.people);
    const record: CustomerRecord = {
      externalId: `C-${String(1001 + index)}`,
      name: company,
      timeZone: place.timeZone,
      country: place.country,
      region: place.region,
      language: place.language,
      businessUnit: random.pick(['Cloud', 'Services', 'Hardware']),
      termsDays: random.pick(behaviour.termsDays),
      tier: behaviour.tier,
      doNotContact: index === names.length - 1,
      custom: { payment_behaviour: behaviour.name },
      contacts: [
        { role: 'billing', name: person, email: `${asciiWords(person).join('.')}@${mailDomain}` },
        ...(random.chance(0.5) ? [{ role: 'escalation' as const, name: random.pick(place.people), email: `finance@${mailDomain}` }] : []),
        ...(random.chance(0.2) ? [{ role: 'leadership' as const, name: random.pick(place.people), email: `ceo@${mailDomain}` }] : []),
      ],
    };
    return { record, place, behaviour };
  });
}

function makeInvoice(random: SeededRandom, { record: customer, place }: DemoCustomer, issueDay: number, index: number): InvoiceRecord {
  const issuedOn = dateOfDay(issueDay);
  const lines = makeLines(random, place);
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const kind = random.weighted([{ weight: 96, state: undefined }, { weight: 2, state: 'void' as const }, { weight: 2, state: 'draft' as const }]);
  const externalId = `INV-${String(10001 + index)}`;
  return {
    externalId,
    customerExternalId: customer.externalId,
    number: externalId,
    issuedOn,
    dueOn: addDays(issuedOn, customer.termsDays ?? 30),
    currency: place.currency,
    totalMinor,
    type: random.weighted([{ weight: 80, type: 'standard' }, { weight: 15, type: 'subscription' }, { weight: 5, type: 'retainer' }]).type,
    businessUnit: customer.businessUnit,
    documentState: kind.state,
    custom: { purchase_order: `PO-${random.between(40_000, 99_999)}` },
    lines,
  };
}

/** One to four lines; amounts spread over three orders of magnitude, as on real ledgers, with prices that look like prices. */
function makeLines(random: SeededRandom, place: Place): InvoiceLineRecord[] {
  const dollars = Math.exp(4.6 + random.next() * 4.6) * 0.6 + 60;
  const count = random.between(1, 4);
  const unit = place.minorPerDollar >= 1000 ? 1000 : place.currency === 'JPY' ? 10 : 50;
  return Array.from({ length: count }, () => {
    const quantity = random.between(1, 5);
    const price = Math.max(unit, Math.round((dollars * place.minorPerDollar * (0.5 + random.next())) / count / quantity / unit) * unit);
    return { description: random.pick(articles), quantity, amountMinor: price * quantity };
  });
}

function settle(random: SeededRandom, ledger: DemoLedger, { record: customer, behaviour }: DemoCustomer, invoice: InvoiceRecord): void {
  const afterDue = behaviour.daysAfterDue(random);
  const isPartial = random.chance(behaviour.partialChance);
  const overpaid = random.chance(0.02) ? 1.05 : 1;
  const credited = random.chance(0.04) ? Math.max(1, Math.round(invoice.totalMinor * 0.1)) : 0;
  const method = random.pick(['bank transfer', 'bank transfer', 'card', 'direct debit']);
  const hour = random.between(8, 17);

  if (credited > 0) {
    const on = addDays(invoice.issuedOn, random.between(3, 25));
    if (on <= ledger.today) {
      ledger.creditNotes.push({ externalId: `CN-${invoice.externalId.slice(4)}`, customerExternalId: customer.externalId, invoiceExternalId: invoice.externalId, issuedOn: on, currency: invoice.currency, amountMinor: credited, reason: random.pick(['Goods returned', 'Price corrected', 'Late delivery']) });
    }
  }
  const overdueDays = dayNumber(ledger.today) - dayNumber(invoice.dueOn);
  if (afterDue === null && overdueDays > 150 && random.chance(0.3)) {
    ledger.writeOffs.push({ externalId: `WO-${invoice.externalId.slice(4)}`, invoiceExternalId: invoice.externalId, on: addDays(invoice.dueOn, 150), reason: 'Insolvent' });
  }
  if (afterDue === null) return;
  const paidOn = addDays(later(invoice.dueOn, addDays(invoice.issuedOn, 1)), Math.max(afterDue, 1 - (customer.termsDays ?? 30)));
  const owed = invoice.totalMinor - credited;
  const parts = isPartial ? [{ on: paidOn, share: 0.4 }, { on: addDays(paidOn, random.between(14, 45)), share: 0.6 }] : [{ on: paidOn, share: overpaid }];
  const first = parts.length === 2 ? Math.round(owed * 0.4) : 0;
  parts.forEach(({ on, share }, part) => {
    if (on > ledger.today) return;
    const externalId = `PAY-${invoice.externalId.slice(4)}${parts.length > 1 ? `-${part + 1}` : ''}`;
    const amountMinor = parts.length === 2 ? (part === 0 ? first : owed - first) : Math.round(owed * share);
    ledger.payments.push({ externalId, customerExternalId: customer.externalId, invoiceExternalId: invoice.externalId, receivedAt: `${on}T${String(hour).padStart(2, '0')}:00:00Z`, currency: invoice.currency, amountMinor, method });
    const reversedOn = addDays(on, 4);
    if (method === 'direct debit' && random.chance(0.05) && reversedOn <= ledger.today) ledger.reversals.push({ paymentExternalId: externalId, on: reversedOn, reason: 'Direct debit returned' });
  });
}

/** Some customers pay without naming an invoice. */
function payOnAccount(random: SeededRandom, ledger: DemoLedger, customers: readonly DemoCustomer[]): void {
  const paymentsCount = 5;
  for (let index = 0; index < paymentsCount; index++) {
    const { record, place } = random.pick(customers);
    const on = dateOfDay(workingDay(dayNumber(ledger.today) - random.between(2, 60)));
    ledger.payments.push({ externalId: `PAY-ACC-${index + 1}`, customerExternalId: record.externalId, invoiceExternalId: null, receivedAt: `${on}T09:00:00Z`, currency: place.currency, amountMinor: random.between(2, 30) * 50 * place.minorPerDollar, method: 'bank transfer' });
  }
}

/** The day itself, or the Friday before a weekend. Day 0, 1 January 1970, was a Thursday. */
function workingDay(day: number): number {
  const sinceMonday = (((day + 3) % 7) + 7) % 7;
  return sinceMonday > 4 ? day - (sinceMonday - 4) : day;
}

function later(one: LocalDate, other: LocalDate): LocalDate {
  return one > other ? one : other;
}

function asciiWords(text: string): string[] {
  return text.replaceAll('ß', 'ss').normalize('NFD').replace(/[^a-zA-Z ]/g, '').toLowerCase().split(/ +/).filter((word) => word !== '');
}
