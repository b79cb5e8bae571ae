import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DecisionRow } from '../../../domain/collection/decision';
import type { CustomerRecord, InvoiceRecord, PaymentRecord, CreditNoteRecord, FiledRefund, PromiseRecord, DisputeRecord } from '../../../domain/ledger/records';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import type { Policy } from '../../../domain/policy/types';
import { simulate } from '../../../domain/simulation/simulate';

export function policyFrom(yaml: string): Policy {
  const parsed = parsePolicy(yaml);
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => `${error.path}: ${error.message}`).join('\n'));
  return parsed.policy;
}

export const reference = policyFrom(readFileSync(join(__dirname, '../../../policies/reference.yaml'), 'utf8'));

/** A policy in few words: a ladder on working days, no holidays unless asked for. */
export function ladder(steps: string, extra = '', name = 'test'): Policy {
  return policyFrom(`
policy: ${name}
version: 1
title: Test
calendar: { timeZone: customer, window: { opens: "09:00", closes: "17:00" }, weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
contact: { minimumDaysBetween: 0, merge: same-day }
${extra}
steps:
${steps.trim().split('\n').map((line) => `  ${line}`).join('\n')}
`);
}

export function customer(externalId = 'acme', more: Partial<CustomerRecord> = {}): CustomerRecord {
  return { externalId, name: externalId, timeZone: 'UTC', contacts: [{ role: 'billing', email: `${externalId}@example.com` }], ...more };
}

export function invoice(externalId: string, issuedOn: string, dueOn: string, totalMinor = 100_000, more: Partial<InvoiceRecord> = {}): InvoiceRecord {
  return { externalId, customerExternalId: 'acme', issuedOn, dueOn, currency: 'USD', totalMinor, ...more };
}

let payments = 0;
export function payment(invoiceExternalId: string | null, receivedAt: string, amountMinor = 100_000, more: Partial<PaymentRecord> = {}): PaymentRecord {
  return { externalId: `pay-${(payments += 1)}`, customerExternalId: 'acme', invoiceExternalId, receivedAt, currency: 'USD', amountMinor, ...more };
}

/** What goes back of a payment: all that is left of it unless an amount is given. */
export function back(of: PaymentRecord, kind: FiledRefund['kind'], refundedAt: string, amountMinor: number | null = null): FiledRefund {
  return { externalId: `${kind}-${of.externalId}-${refundedAt}`, paymentExternalId: of.externalId, kind, refundedAt, currency: of.currency, amountMinor };
}

export interface Story {
  policy?: Policy;
  /** The other policies, that steps start. */
  others?: Policy[];
  customers?: CustomerRecord[];
  invoices: InvoiceRecord[];
  payments?: PaymentRecord[];
  creditNotes?: CreditNoteRecord[];
  refunds?: FiledRefund[];
  promises?: PromiseRecord[];
  disputes?: DisputeRecord[];
  from?: string;
  to?: string;
}

/** Runs a story and tells it as lines: "2026-03-09 inv-1 overdue-7 email executed". */
export function tell(story: Story): string[] {
  return run(story).map((row) => `${row.on} ${row.invoice} ${row.step} ${row.action} ${row.outcome}`);
}

export function run({ policy = reference, others, customers = [customer()], invoices, payments: received = [], creditNotes = [], refunds = [], promises = [], disputes = [], from = '2026-01-01', to = '2026-12-31' }: Story): DecisionRow[] {
  return simulate({ customers, invoices, payments: received, creditNotes, refunds, promises, disputes }, policy, from, to, { others });
}
