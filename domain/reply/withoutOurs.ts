/** So many words in a row that also stand in our mail are quoted from it: nobody says so much in the very same words. */
const quotedWords = 6;

interface Word {
  plain: string;
  from: number;
  to: number;
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({ plain: match[0].toLowerCase(), from: match.index, to: match.index + match[0].length }));
}

function runsOf(words: readonly Word[]): string[] {
  return words.slice(quotedWords - 1).map((_, index) => words.slice(index, index + quotedWords).map(({ plain }) => plain).join(' '));
}

/**
 * What a writer said, without what is quoted of the mail that it answers. Mail programs mark quotations in many ways, and some in none; what we wrote ourselves is known. "If you have already paid" in our own reminder is
 * nobody's word that it is paid.
 */
export function withoutOurs(said: string, ours: string): string {
  const known = new Set(runsOf(wordsIn(ours)));
  const words = wordsIn(said);
  const isQuoted = words.map(() => false);
  runsOf(words).forEach((run, index) => {
    if (known.has(run)) isQuoted.fill(true, index, index + quotedWords);
  });
  let left = '';
  let at = 0;
  words.forEach(({ from, to }, index) => {
    if (!isQuoted[index]) return;
    left += said.slice(at, from);
    // With the first and the last word of a quotation goes what stands between them, and the sign that ends it.
    const next = words[index + 1];
    at = next && isQuoted[index + 1] ? next.from : to + (/^[.,;:!?]+/.exec(said.slice(to))?.[0].length ?? 0);
  });
  return at === 0 ? said : `${left}${said.slice(at)}`.trim();
}
