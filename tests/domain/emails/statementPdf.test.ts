import fc from 'fast-check';
import { makeStatement } from '../../../domain/statement/makeStatement';
import { statementLetters } from '../../../domain/templates/builtin/statement';
import type { MessageTemplate } from '../../../domain/templates/types';
import { renderMessage } from '../../../emails/render';
import { statementFileName, statementPdf } from '../../../emails/statementPdf';
import { checkTemplate } from '../../../emails/templates/check';
import { sampleMessages, sampleStatement } from '../../../emails/templates/samples';
import { message } from './messages';

const template: MessageTemplate = { name: 'statement', kind: 'statement', version: 2, defaultLanguage: 'en', texts: statementLetters };
const noCustom = { customer: new Map(), invoice: new Map() };

test('the words of the letter pass the check of templates in every language', () => {
  expect(checkTemplate(template, noCustom)).toEqual([]);
});

test.each(['en', 'de', 'fr', 'es', 'de-CH', 'tlh'])('a statement in %s comes with its file, and the same statement gives the same bytes', async (language) => {
  const [full, bare] = sampleMessages(template, language, noCustom);
  for (const input of [full!, bare!, full!]) {
    const rendered = await renderMessage(input);
    expect(rendered.attachments).toHaveLength(1);
    expect(rendered.attachments[0]).toMatchObject({ contentType: 'application/pdf', filename: statementFileName(input.statement!, language), contentBase64: (await statementPdf(input.statement!, input)).toString('base64') });
  }
});

test('the letter says the balances in the language and the decimals of their currencies', async () => {
  const statement = makeStatement({
    entries: [], unapplied: [],
    items: [['JPY', 1_234], ['KWD', 1_234], ['EUR', 1_234]].map(([currency, openMinor]) => ({ kind: 'invoice', reference: `${currency}`, issuedOn: '2026-01-01', dueOn: '2026-01-31', currency: `${currency}`, totalMinor: Number(openMinor), openMinor: Number(openMinor), disputedMinor: 0, promisedMinor: 0 })),
  }, { from: '2026-02-01', to: '2026-02-28', lastClosing: [] });
  const { text } = await renderMessage({ ...message({}), template, language: 'de', statement, invoices: [] });
  expect(text.replace(/\s/g, ' ')).toContain('12,34 €');
  expect(text).toContain('1,234');
  expect(text).toContain('1.234');
});

test('a template of another kind has no file, whatever it is given', async () => {
  const rendered = await renderMessage({ ...message({}), statement: sampleStatement });
  expect(rendered.attachments.filter(({ filename }) => filename.startsWith('statement'))).toEqual([]);
});

test('no text from the ledger breaks the drawing of a statement, also over many pages', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constant('W'.repeat(300)), fc.constant('😀 שלום 你好 \u202egnp'));
  await fc.assert(fc.asyncProperty(text, text, fc.integer({ min: 0, max: 45 }), async (reference, customerName, count) => {
    const item = { kind: 'invoice' as const, reference, issuedOn: '2026-01-01', dueOn: '2026-01-31', currency: 'KWD', totalMinor: 5, openMinor: 5, disputedMinor: 2, promisedMinor: 1 };
    const statement = makeStatement({
      items: Array.from({ length: count }, () => item), unapplied: [{ kind: 'payment', reference, on: '2026-02-01', currency: 'JPY', amountMinor: 3 }],
      entries: Array.from({ length: count }, () => ({ kind: 'payment' as const, on: '2026-02-01', reference, currency: 'JPY', amountMinor: -3 })),
    }, { from: '2026-02-01', to: '2026-02-28', lastClosing: null });
    const pdf = await statementPdf(statement, { sender: message({}).sender, customerName, language: 'fr' });
    expect(pdf.subarray(-6).toString().trim()).toBe('%%EOF');
  }), { numRuns: 5 });
});
