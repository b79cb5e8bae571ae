import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { ledgerFields } from '../../domain/ledger/fields';
import type { FileKind } from '../../domain/ledger/records';
import { formatMoney } from '../../domain/money/money';
import type { Ledger } from '../../domain/simulation/timeline';

/** Writes a ledger as the files of a folder, and answers with the folder; the caller removes it. */
export function writeLedgerFolder(ledger: Ledger): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-ledger-'));
  for (const [kind, rows] of Object.entries(filesOf(ledger))) writeFileSync(path.join(folder, `${kind}.csv`), stringify(rows, { header: true, columns: [...ledgerFields[kind as FileKind]] }));
  return folder;
}

function filesOf({ customers, invoices, payments, creditNotes, refunds, promises, disputes }: Ledger): Record<FileKind, object[]> {
  return {
    customers: customers.map((customer) => ({
      external_id: customer.externalId, name: customer.name, email: customer.contacts?.[0]?.email, time_zone: customer.timeZone, country: customer.country, region: customer.region,
      language: customer.language, tier: customer.tier, do_not_contact: customer.doNotContact ? 'true' : 'false', grace_days: customer.graceDays,
    })),
    invoices: invoices.map((invoice) => ({
      external_id: invoice.externalId, customer_external_id: invoice.customerExternalId, issued_on: invoice.issuedOn, due_on: invoice.dueOn, currency: invoice.currency, total: formatMoney(invoice.totalMinor, invoice.currency),
    })),
    payments: payments.map((payment) => ({
      external_id: payment.externalId, customer_external_id: payment.customerExternalId, invoice_external_id: payment.invoiceExternalId, received_at: payment.receivedAt, currency: payment.currency,
      amount: formatMoney(payment.amountMinor, payment.currency),
    })),
    credit_notes: creditNotes.map((note) => ({
      external_id: note.externalId, customer_external_id: note.customerExternalId, invoice_external_id: note.invoiceExternalId, issued_on: note.issuedOn, currency: note.currency,
      amount: formatMoney(note.amountMinor, note.currency),
    })),
    refunds: (refunds ?? []).map(({ externalId, paymentExternalId, kind, refundedAt, currency, amountMinor, reason }) => ({
      external_id: externalId, payment_external_id: paymentExternalId, kind, refunded_at: refundedAt, currency, amount: amountMinor ? formatMoney(amountMinor, currency) : null, reason,
    })),
    disputes: (disputes ?? []).map(({ externalId, invoiceExternalId, openedAt, currency, amountMinor, reason, resolved }) => ({
      external_id: externalId, invoice_external_id: invoiceExternalId, opened_at: openedAt, currency, amount: amountMinor === null ? null : formatMoney(amountMinor, currency), reason,
      resolution: resolved?.resolution.kind, credit: resolved?.resolution.kind === 'split' ? formatMoney(resolved.resolution.creditMinor, currency) : null, resolved_at: resolved?.at,
    })),
    promises: (promises ?? []).map(({ externalId, invoiceExternalId, madeAt, promisedOn, currency, amountMinor }) => ({
      external_id: externalId, invoice_external_id: invoiceExternalId, made_at: madeAt, promised_on: promisedOn, currency, amount: formatMoney(amountMinor, currency),
    })),
  };
}
