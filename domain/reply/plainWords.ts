import { cutText } from '../cutText';

/** Longer texts say many things; nobody reads rules into a page of them. */
const readMax = 4_000;

/** Text as rules read it: small letters without accents, plain apostrophes, single spaces. */
export function plainWords(text: string): string {
  return text.toLowerCase().replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, '')
    // What nobody sees between letters: soft hyphens, and spaces and joiners without a width.
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '').replace(/[’‘`´]/g, "'").replace(/[  ]/g, ' ').replace(/[ \t]+/g, ' ');
}

/** What is read of a reply, as rules read it. */
export function wordsOf({ said }: { said: string }): string {
  return plainWords(cutText(said, readMax));
}
