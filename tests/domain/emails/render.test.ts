import fc from 'fast-check';
import { composeLetter } from '../../../emails/letter';
import { languages } from '../../../emails/locale';
import { renderMessage } from '../../../emails/render';
import { builtinTemplate } from '../../../domain/templates/builtin';
import { invoice, message, sender } from './messages';

const templates = ['delivery', 'due', 'overdue', 'hold-notice', 'released'] as const;

/** Intl writes hard and narrow spaces; for reading in a test they are all spaces. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('words', () => {
  test.each([
    ['delivery', 'en', 'Invoice INV-17 from Harbour Supplies'],
    ['delivery', 'de', 'Rechnung INV-17 von Harbour Supplies'],
    ['overdue-7', 'en', 'Invoice INV-17 is 7 days overdue: €1,000.00'],
    ['overdue-7', 'de', 'Rechnung INV-17 ist seit 7 Tagen überfällig: 1.000,00 €'],
    ['overdue-30', 'fr', 'Facture INV-17 en retard de 7 jours : 1 000,00 €'],
    ['overdue-7', 'es', 'La factura INV-17 lleva 7 días de retraso: 1000,00 €'],
    ['hold-notice', 'en', 'Your account is on hold: €1,000.00 overdue'],
    ['released', 'fr', 'Votre compte n’est plus bloqué'],
  ])('%s in %s', async (template, language, subject) => {
    expect(plain((await renderMessage(message({ template, language }))).subject)).toBe(subject);
  });

  test('the whole letter, as plain text', async () => {
    expect(plain((await renderMessage(message())).text)).toMatchInlineSnapshot(`
"Dear Ropes & Rigging,

Invoice INV-17 was due on Wednesday, March 4, 2026. €1,000.00 is still open, and we have not seen a payment for it yet.

Please pay it now, or tell us when we can expect your payment.

  INV-17   Wednesday, March 4, 2026   7 days overdue   €1,000.00

How to pay:
  Account holder      Harbour Supplies Ltd
  Account             GB33BUKB20201555555555
  BIC / routing       BUKBGB22
  Payment reference   INV-17
  Pay online: https://pay.harbour.example/

If you have paid in the last few days, please disregard this message.

Is something not right, or have you paid already? Write to us: billing@harbour.example.

Kind regards
Harbour Supplies

-- 
Harbour Supplies · 1 Quay Street · Bristol BS1 4RN
Message 5b1f0a5e-8a9c-4a9e-9d55-0f1b2c3d4e5f
"
`);
  });

  test('on the due date it is due today; a day late it was due; sent early by a person it is not called overdue', async () => {
    const subject = async (template: string, today: string): Promise<string> => (await renderMessage(message({ template, today }))).subject;
    expect(await subject('due', '2026-03-04')).toBe('Invoice INV-17 is due today: €1,000.00');
    expect(await subject('due', '2026-03-06')).toBe('Invoice INV-17 was due on Wednesday, March 4, 2026: €1,000.00');
    expect(await subject('overdue-7', '2026-03-01')).toBe('Invoice INV-17 is due on Wednesday, March 4, 2026: €1,000.00');
    expect(await subject('overdue-7', '2026-03-05')).toContain('1 day overdue');
  });

  test('several invoices: each with its own standing, totals per currency and never across', async () => {
    const { subject, text, html } = await renderMessage(message({
      invoices: [
        invoice(), invoice({ number: 'INV-18', dueOn: '2026-03-11', openMinor: 999 }), invoice({ number: 'INV-19', dueOn: '2026-03-20', currency: 'JPY', openMinor: 120_000 }),
        invoice({ number: 'INV-20', currency: 'KWD', openMinor: 1_234_567 }),
      ],
    }));
    expect(plain(subject)).toBe('Reminder: 4 invoices open, €1,009.99, ¥120,000, and KWD 1,234.567');
    for (const part of [text, html]) {
      const read = plain(part);
      for (const said of ['7 days overdue', 'Due today', 'Due in 9 days', '€9.99', '¥120,000', 'KWD 1,234.567', '€1,009.99']) expect(read).toContain(said);
    }
  });

  test.each(templates.flatMap((template) => languages.map((language): [string, string] => [template, language])))('%s in %s says the same in both parts, and nothing is missing', async (template, language) => {
    const { subject, html, text } = await renderMessage(message({ template, language }));
    for (const part of [subject, html, text]) expect(part).not.toMatch(/undefined|NaN|\[object|\$\{/);
    expect(html).toContain(`lang="${language}"`);
    expect(text).toContain('INV-17');
    expect(text.includes('GB33BUKB20201555555555')).toBe(template !== 'released');
  });

  test.each([['de-AT', 'de-AT'], ['pt', 'en'], ['', 'en'], ['not a tag', 'en'], ['en-u-nu-arab', 'en'], ['fr_CA', 'fr-CA'], ['constructor', 'en']])('language "%s" is written as %s', async (language, lang) => {
    expect((await renderMessage(message({ language }))).html).toContain(`lang="${lang}"`);
  });

  test('a ladder names its reminders after their day', () => {
    expect(builtinTemplate('overdue-120')?.name).toBe('overdue');
    expect(builtinTemplate('overdue-x')).toBeNull();
  });
});

describe('hostile data', () => {
  test('markup in names and numbers is text', async () => {
    const { html } = await renderMessage(message({ customerName: '"><script>alert(1)</script>', invoices: [invoice({ number: '<img src=x onerror=alert(1)>' })] }));
    expect(html).not.toMatch(/<script|<img/i);
    expect(html).toContain('&lt;script&gt;');
  });

  test('no line break, control character or direction mark reaches the subject', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...languages), (number, language) => {
      const { subject } = composeLetter(message({ language, invoices: [invoice({ number })] }));
      expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(subject.length).toBeLessThanOrEqual(200);
    }));
  });

  test('a link is a web address or it is not there', async () => {
    const links = ['javascript:alert(1)', 'data:text/html,x', ' jAvAscript:alert(1)', 'https://user:pw@evil.example', 'not a url'];
    const { html, text } = await renderMessage(message({ sender: { ...sender, paymentMethods: links.map((url) => ({ kind: 'link', label: 'Pay', url })) } }));
    expect(html).not.toMatch(/href=/);
    expect(text).not.toMatch(/javascript|data:|evil/i);
  });

  test('nothing is loaded from elsewhere: no image, font or style', async () => {
    expect((await renderMessage(message())).html).not.toMatch(/<img|<link[^>]+stylesheet|@import|url\(|https?:\/\/(?!pay\.harbour\.example|www\.w3\.org)/i);
  });
});

describe('attachments', () => {
  test('the same input gives the same bytes', async () => {
    const once = await renderMessage(message({ attachInvoices: true, invoices: [invoice(), invoice({ number: 'ŁÓDŹ/9', currency: 'PLN' })] }));
    const again = await renderMessage(message({ attachInvoices: true, invoices: [invoice(), invoice({ number: 'ŁÓDŹ/9', currency: 'PLN' })] }));
    expect(again).toEqual(once);
    expect(once.attachments.map(({ filename }) => filename)).toEqual(['INV-17.pdf', 'ŁÓDŹ-9.pdf']);
    for (const { contentBase64 } of once.attachments) expect(Buffer.from(contentBase64, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('the customer\'s own document is sent as it is, under a safe name', async () => {
    const { attachments } = await renderMessage(message({
      attachInvoices: true, invoices: [invoice({ document: { fileName: '../../etc/pass\r\nwd.pdf', contentType: 'application/pdf', contentBase64: 'JVBERi0=' } })],
    }));
    expect(attachments).toEqual([{ filename: 'etc-pass-wd.pdf', contentType: 'application/pdf', contentBase64: 'JVBERi0=' }]);
  });

  test.each([0, 1, 200])('an invoice of %i lines is drawn', async (count) => {
    const lines = Array.from({ length: count }, (_, index) => ({ description: `Line ${index} ${'of goods '.repeat(index % 9)}`, quantity: '1.25', amountMinor: index }));
    const { attachments } = await renderMessage(message({ attachInvoices: true, invoices: [invoice({ lines })] }));
    expect(attachments[0]!.contentBase64.length).toBeGreaterThan(1_000);
  });
});
