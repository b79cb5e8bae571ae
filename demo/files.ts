import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { ledgerFields } from '../domain/ledger/fields';
import type { FileKind } from '../domain/ledger/records';
import { formatMoney } from '../domain/money/money';
import { demoLedger, type DemoLedger } from './demoLedger';

type CsvRow = Record<string, string | number | boolean | null | undefined>;

type DemoFile = Exclude<FileKind, 'promises' | 'disputes'>;

/** The demo ledger as the files that `dunwell simulate` and `dunwell import` read. */
export function demoFiles(ledger: DemoLedger): Record<DemoFile, CsvRow[]> {
  const currencies = new Map(ledger.payments.map(({ externalId, currency }) => [externalId, currency]));
  return {
    customers: ledger.customers.map((customer) => ({
      external_id: customer.externalId, name: customer.name, time_zone: customer.timeZone, country: customer.country, region: customer.region, language: customer.language,
      business_unit: customer.businessUnit, terms_days: customer.termsDays, tier: customer.tier, do_not_contact: customer.doNotContact ? 'true' : 'false',
      email: contact(customer, 'billing')?.email, contact_name: contact(customer, 'billing')?.name,
      escalation_email: contact(customer, 'escalation')?.email, leadership_email: contact(customer, 'leadership')?.email,
      ...customer.custom,
    })),
    invoices: ledger.invoices.map((invoice) => ({
      external_id: invoice.externalId, customer_external_id: invoice.customerExternalId, number: invoice.number, issued_on: invoice.issuedOn, due_on: invoice.dueOn,
      currency: invoice.currency, total: formatMoney(invoice.totalMinor, invoice.currency), type: invoice.type, business_unit: invoice.businessUnit,
      document_state: invoice.documentState ?? 'issued', ...invoice.custom,
    })),
    payments: ledger.payments.map((payment) => ({
      external_id: payment.externalId, customer_external_id: payment.customerExternalId, invoice_external_id: payment.invoiceExternalId, received_at: payment.receivedAt,
      currency: payment.currency, amount: formatMoney(payment.amountMinor, payment.currency), method: payment.method,
    })),
    credit_notes: ledger.creditNotes.map((note) => ({
      external_id: note.externalId, customer_external_id: note.customerExternalId, invoice_external_id: note.invoiceExternalId, issued_on: note.issuedOn,
      currency: note.currency, amount: formatMoney(note.amountMinor, note.currency), reason: note.reason,
    })),
    refunds: ledger.reversals.map(({ paymentExternalId, on, reason }) => ({
      external_id: `REV-${paymentExternalId}`, payment_external_id: paymentExternalId, kind: 'reversal', refunded_at: on, currency: currencies.get(paymentExternalId), reason,
    })),
  };
}

function contact(customer: DemoLedger['customers'][number], role: 'billing' | 'escalation' | 'leadership'): { email: string; name?: string | null } | undefined {
  return customer.contacts?.find((candidate) => candidate.role === role);
}

export function writeDemoFiles(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const files = demoFiles(demoLedger());
  return (Object.keys(files) as DemoFile[]).map((kind) => {
    const file = path.join(folder, `${kind}.csv`);
    const customColumns = Object.keys(files[kind][0] ?? {}).filter((column) => !(ledgerFields[kind] as readonly string[]).includes(column));
    const columns = [...ledgerFields[kind].filter((column) => files[kind].some((row) => column in row)), ...customColumns];
    writeFileSync(file, stringify(files[kind], { header: true, columns }));
    return `${file}: ${files[kind].length} rows`;
  });
}

if (require.main === module) {
  const folder = process.argv[2];
  if (folder === undefined) {
    process.stderr.write('Name a folder for the files: npm run demo:files -- DIR\n');
    process.exitCode = 2;
  } else {
    process.stdout.write(`${writeDemoFiles(path.resolve(folder)).join('\n')}\n`);
  }
}
