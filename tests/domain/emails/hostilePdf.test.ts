import fc from 'fast-check';
import { invoicePdf } from '../../../emails/invoicePdf';
import { invoice, message } from './messages';

test('no text from the ledger breaks the drawing of an invoice', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constant('W'.repeat(500)), fc.constant('😀 שלום 你好 \u202egnp'));
  await fc.assert(fc.asyncProperty(text, text, text, async (number, customerName, description) => {
    const pdf = await invoicePdf(invoice({ number, lines: [{ description, quantity: '1', amountMinor: 1 }] }), message({ customerName }));
    expect(pdf.subarray(-6).toString().trim()).toBe('%%EOF');
  }), { numRuns: 15 });
});
