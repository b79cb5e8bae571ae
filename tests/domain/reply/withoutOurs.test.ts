import fc from 'fast-check';
import { withoutOurs } from '../../../domain/reply/withoutOurs';

const ours = 'Dear Tom,\n\nour invoice 2026-11 of 1,200.00 EUR has been due since 3 March. Please pay by 20 March. If you have already paid, the payment has been made: ignore this mail.\n\nKind regards,\nHarbour';

describe('what is quoted of our own mail', () => {
  test.each([
    ['Noted, I will ask my boss.\n\nDear Tom, our invoice 2026-11 of 1,200.00 EUR has been due since 3 March. Please\npay by 20 March. If you have already paid, the payment has been made: ignore this mail.', 'Noted, I will ask my boss.'],
    ['| Dear Tom,\n| our invoice 2026-11 of 1,200.00 EUR has been due since 3 March.\nIt was due in April.', '| \nIt was due in April.'],
    ['If you have already paid, the payment has been made! Where do I see that?', 'Where do I see that?'],
    ['We have already paid.', 'We have already paid.'],
    ['Please pay by 20 April.', 'Please pay by 20 April.'],
    ['', ''],
  ])('%j', (said, left) => expect(withoutOurs(said, ours)).toBe(left));

  test('of what we did not write nothing is taken away; of what we wrote, nothing but signs is left', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('we', 'pay', 'on', 'Friday', 'not', 'the', '.', '\n', ','), { maxLength: 60 }), (words) => {
      const text = words.join(' ');
      expect(withoutOurs(text, ours)).toBe(text);
      expect(withoutOurs(text, '')).toBe(text);
      if (words.filter((word) => /\w/.test(word)).length >= 6) expect(withoutOurs(text, text)).not.toMatch(/\w/);
    }));
  });
});
