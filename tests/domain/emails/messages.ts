import { builtinTemplate } from '../../../domain/templates/builtin';
import type { MessageTemplate } from '../../../domain/templates/types';
import type { MessageInput, MessageInvoice, Sender } from '../../../emails/types';

export const sender: Sender = {
  name: 'Harbour Supplies',
  addressLines: ['1 Quay Street', 'Bristol BS1 4RN'],
  replyTo: 'billing@harbour.example',
  phone: null,
  paymentMethods: [
    { kind: 'bank', accountHolder: 'Harbour Supplies Ltd', bank: null, account: 'GB33BUKB20201555555555', routing: 'BUKBGB22' },
    { kind: 'link', label: 'Pay online', url: 'https://pay.harbour.example' },
  ],
};

export function invoice(over: Partial<MessageInvoice> = {}): MessageInvoice {
  return {
    number: 'INV-17', issuedOn: '2026-02-02', dueOn: '2026-03-04', currency: 'EUR', totalMinor: 123_456, openMinor: 100_000,
    lines: [{ description: 'Hemp rope, 20 m', quantity: '4', amountMinor: 123_456 }], document: null, ...over,
  };
}

/** A built-in template, by a policy's name for it. */
export function template(name: string): MessageTemplate {
  const found = builtinTemplate(name);
  if (!found) throw new Error(`There is no built-in template "${name}".`);
  return found;
}

export function message({ template: name = 'overdue-7', ...over }: Partial<Omit<MessageInput, 'template'>> & { template?: string | MessageTemplate } = {}): MessageInput {
  return {
    template: typeof name === 'string' ? template(name) : name, language: 'en', messageId: '5b1f0a5e-8a9c-4a9e-9d55-0f1b2c3d4e5f', sender, customerName: 'Ropes & Rigging', today: '2026-03-11',
    invoices: [invoice()], attachInvoices: false, ...over,
  };
}
