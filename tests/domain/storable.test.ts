import fc from 'fast-check';
import { Code, LongText, Text } from '../../api/contracts/values';
import { cutText } from '../../domain/cutText';
import { storableText, unstorable } from '../../domain/storableText';

test('a text is cut between characters, and is its own beginning', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(60), (text, max) => {
    const made = cutText(text, max);
    expect(unstorable(made.replaceAll('\0', ''))).toBeNull();
    expect(text.startsWith(made)).toBe(true);
    expect(made.length).toBeLessThanOrEqual(max);
    expect(made.length).toBeGreaterThanOrEqual(Math.min(max, text.length) - 1);
  }));
});

test('whatever comes can be stored once it is made storable', () => {
  fc.assert(fc.property(fc.array(fc.nat(0xffff), { maxLength: 40 }), (units) => expect(unstorable(storableText(String.fromCharCode(...units)))).toBeNull()));
});

test.each([['a NUL', 'agreed\0by phone'], ['the first half of a character', 'agreed \ud83d'], ['the second half alone', '\ude00 agreed']])('what people write may not hold %s', (_what, text) => {
  for (const schema of [Code, Text, LongText]) expect(schema.safeParse(text).error?.issues).toMatchObject([{ message: 'holds a NUL or half of a character, which no text may' }]);
});

test('whole characters of any kind are taken', () => {
  expect(Text.parse('  paid 😀 – 支払い済み\n')).toBe('paid 😀 – 支払い済み');
});
