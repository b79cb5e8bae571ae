import { addDays } from '../../domain/calendar/dates';
import type { CustomValue } from '../../domain/collection/facts';
import { makeStatement } from '../../domain/statement/makeStatement';
import type { CustomFieldTypes } from '../../domain/templates/fields';
import type { MessageTemplate } from '../../domain/templates/types';
import type { MessageInput, MessageInvoice, Sender } from '../types';

const today = '2026-03-11';

/** Made-up messages of every shape: one invoice and several, overdue and not, paid, in two currencies, none; everything filled in, and nothing that need not be. */
export function sampleMessages(template: MessageTemplate, language: string, custom: CustomFieldTypes): MessageInput[] {
  const one = invoice(1, -7, custom.invoice);
  const shapes: readonly (readonly MessageInvoice[])[] = [
    [one], [invoice(1, 9, custom.invoice)], [{ ...one, dueOn: today }], [{ ...one, openMinor: 0 }],
    [one, invoice(2, 5, custom.invoice)], [one, { ...invoice(2, -40, custom.invoice), currency: 'JPY' }, { ...invoice(3, -1, custom.invoice), currency: 'KWD' }],
    ...(['statement', 'campaign', 'internal'].includes(template.kind) ? [[]] : []),
  ];
  return shapes.flatMap((invoices) => [full(template, language, invoices, custom), bare(template, language, invoices)]);
}

function full(template: MessageTemplate, language: string, invoices: readonly MessageInvoice[], custom: CustomFieldTypes): MessageInput {
  return {
    template, language, messageId: '00000000-0000-4000-8000-000000000000', sender: sampleSender, customerName: 'Ropes & Rigging Ltd', today, invoices, attachInvoices: false,
    customer: { number: 'C-1042', country: 'GB', tier: 'gold', businessUnit: 'north', termsDays: 30, custom: customValues(custom.customer) },
    segment: { name: 'Owing more than 1,000' },
    statement: sampleStatement,
    campaign: { name: 'Spring', offer: '2% off what is paid by the end of the month', expiresOn: '2026-03-31' },
    notice: { title: 'A promise was broken', text: 'Call the customer.', url: 'https://dunwell.example/customers/1', items: [{ title: 'Your task: call', customer: 'Ropes & Rigging Ltd', url: 'https://dunwell.example/tasks?task=1' }] },
  };
}

function bare(template: MessageTemplate, language: string, invoices: readonly MessageInvoice[]): MessageInput {
  return {
    ...full(template, language, invoices, { customer: new Map(), invoice: new Map() }), customer: undefined, sender: { ...sampleSender, replyTo: null, phone: null, paymentMethods: [] },
    invoices: invoices.map((each) => ({ ...each, chargesMinor: 0, discount: null, custom: {} })),
    statement: { from: '2026-02-01', to: '2026-02-28', opening: [], closing: [], entries: [], items: [], aging: [], unapplied: [] }, campaign: { name: 'Spring', offer: null, expiresOn: null }, notice: { title: 'A promise was broken', text: null, url: null, items: [{ title: 'Your task: call', customer: null, url: null }] },
  };
}

function invoice(index: number, dueIn: number, custom: CustomFieldTypes['invoice']): MessageInvoice {
  return {
    number: `INV-${index}`, issuedOn: addDays(today, dueIn - 30), dueOn: addDays(today, dueIn), currency: 'EUR', totalMinor: 120_000 * index, openMinor: 100_000 * index,
    lines: [{ description: 'Hemp rope, 20 m', quantity: '4', amountMinor: 120_000 * index }], document: null, chargesMinor: 4_000, discount: { amountMinor: 2_000, lastDay: addDays(today, 10) }, custom: customValues(custom),
  };
}

function customValues(types: CustomFieldTypes['customer']): Record<string, CustomValue> {
  const samples = { text: 'Sample', number: 42, boolean: true, date: '2026-01-15' } as const;
  return Object.fromEntries([...types].map(([name, type]) => [name, samples[type]]));
}

/** Every kind of entry and of item, disputed and promised in part. */
export const sampleStatement = makeStatement({
  entries: [
    { kind: 'invoice', on: '2026-02-02', reference: 'INV-1', currency: 'EUR', amountMinor: 120_000 }, { kind: 'payment', on: '2026-02-10', reference: 'PAY-7', currency: 'EUR', amountMinor: -50_000 },
    { kind: 'credit-note', on: '2026-02-12', reference: 'CN-2', currency: 'EUR', amountMinor: -10_000 }, { kind: 'late-fee', on: '2026-02-20', reference: 'INV-1', currency: 'EUR', amountMinor: 4_000 },
  ],
  items: [
    { kind: 'invoice', reference: 'INV-1', issuedOn: '2026-02-02', dueOn: '2026-02-09', currency: 'EUR', totalMinor: 120_000, openMinor: 120_000, disputedMinor: 20_000, promisedMinor: 30_000 },
    { kind: 'late-fee', reference: 'INV-1', issuedOn: '2026-02-20', dueOn: '2026-02-20', currency: 'EUR', totalMinor: 4_000, openMinor: 4_000, disputedMinor: 0, promisedMinor: 0 },
  ],
  unapplied: [{ kind: 'payment', reference: 'PAY-7', on: '2026-02-10', currency: 'EUR', amountMinor: 50_000 }],
}, { from: '2026-02-01', to: '2026-02-28', lastClosing: [{ currency: 'EUR', amountMinor: 20_000 }] });

export const sampleSender: Sender = {
  name: 'Harbour Supplies', addressLines: ['1 Quay Street', 'Bristol BS1 4RN'], replyTo: 'billing@harbour.example', phone: '+44 117 496 0000',
  paymentMethods: [
    { kind: 'bank', accountHolder: 'Harbour Supplies Ltd', bank: null, account: 'GB33BUKB20201555555555', routing: 'BUKBGB22' },
    { kind: 'link', label: 'Pay online', url: 'https://pay.harbour.example' },
  ],
};
