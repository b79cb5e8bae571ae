import fc from 'fast-check';
import { mentioned, noteParts } from '../../../domain/note/mentions';

const people = [{ id: 1, name: 'Ann' }, { id: 2, name: 'Ann Alder' }, { id: 3, name: 'Jürgen Weiß' }, { id: 4, name: 'ann' }];

describe('mentions in a note', () => {
  test('the whole name, whatever its capitals; of two that begin alike the longer', () => {
    expect(mentioned('@Ann Alder please look, and @jürgen weiß too', people)).toEqual([2, 3]);
    expect(mentioned('ask @Ann, not Ann Alder', people)).toEqual([1, 4]);
    expect(mentioned('@Ann @ann @ANN', people)).toEqual([1, 4]);
  });

  test('no address, no part of a word, nobody who is not there', () => {
    for (const text of ['mail to joe@ann', 'x.@Ann', '@Anna', '@Annß', '@ Ann', '@Nobody', '@', '']) expect(mentioned(text, people)).toEqual([]);
  });

  test('the parts put together are the note, whatever it holds', () => {
    const name = fc.stringMatching(/^[A-Za-zäß]{1,4}( [A-Za-z]{1,4})?$/);
    fc.assert(fc.property(fc.array(name, { maxLength: 5 }), fc.array(fc.oneof(fc.string(), name.map((each) => `@${each}`)), { maxLength: 8 }), (names, words) => {
      const text = words.join(' ');
      const crowd = names.map((each, id) => ({ id: id + 1, name: each }));
      const parts = noteParts(text, crowd);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const part of parts) expect(part.people.length > 0 ? part.text.startsWith('@') : true).toBe(true);
    }));
  });

  test('everybody whose name is written alone after @ is found', () => {
    const name = fc.stringMatching(/^[A-Za-z]{1,8}$/);
    fc.assert(fc.property(name, fc.array(name), (one, others) => {
      const crowd = [one, ...others].map((each, id) => ({ id: id + 1, name: each }));
      expect(mentioned(`see @${one}.`, crowd)).toContain(1);
    }));
  });
});
