import { plainWords } from './plainWords';

const wordsMax = 300;
const gramLength = 4;

/**
 * What the lexical model sees of a text: its words, pairs of neighbours, and pieces of four letters of each word, so that "überweise" and "überweisen" speak for the same. Numbers
 * and addresses are only that.
 */
export function lexicalFeatures(said: string): string[] {
  const plain = plainWords(said).replace(/\S+@\S+/g, ' @ ').replace(/\d[\d.,/:-]*/g, ' # ');
  const words = (plain.match(/[\p{L}']+|[#@?!€$£]/gu) ?? []).slice(0, wordsMax);
  const found = new Set<string>();
  words.forEach((word, index) => {
    found.add(word);
    const before = words[index - 1];
    if (before !== undefined) found.add(`${before} ${word}`);
    const marked = `^${word}$`;
    for (let start = 0; word.length >= gramLength && start + gramLength <= marked.length; start += 1) found.add(`_${marked.slice(start, start + gramLength)}`);
  });
  return [...found];
}
