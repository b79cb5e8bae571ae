import { findAmounts } from './findAmount';
import { findDates } from './findDates';
import { plainWords } from './plainWords';
import type { Classification, ReplyText } from './classification';

const wordsMax = 300;
const gramLength = 4;
/** Up to so many words count as such a length: how long a reply is says something about its kind. */
const lengths: readonly (readonly [most: number, name: string])[] = [[3, 'a few words'], [7, 'a phrase'], [15, 'a sentence'], [Infinity, 'more']];

/**
 * What the lexical model sees of a text: its words, pairs of neighbours, and pieces of four letters of each word, so that "überweise" and "überweisen" speak for the same; what days and
 * amounts it names, how long it is, and what the rules take it for. Numbers and addresses are only that.
 */
export function lexicalFeatures({ said, today }: ReplyText, byRules: Classification | null): string[] {
  const all = plainWords(said);
  const plain = all.replace(/\S+@\S+/g, ' @ ').replace(/\d[\d.,/:-]*/g, ' # ');
  const words = (plain.match(/[\p{L}']+|[#@?!€$£¿]/gu) ?? []).slice(0, wordsMax);
  const found = new Set<string>(words.length === 0 ? [] : [`first ${words[0]}`, `* ${lengths.find(([most]) => words.length <= most)?.[1]}`]);
  words.forEach((word, index) => {
    found.add(word);
    const before = words[index - 1];
    if (before !== undefined) found.add(`${before} ${word}`);
    const marked = `^${word}$`;
    for (let start = 0; word.length >= gramLength && start + gramLength <= marked.length; start += 1) found.add(`_${marked.slice(start, start + gramLength)}`);
  });
  for (const fact of [...factsOf(all, today), ...(byRules ? opinions(byRules) : [])]) found.add(`* ${fact}`);
  return [...found];
}

function factsOf(words: string, today: string): string[] {
  const days = findDates(words, today).map(({ on }) => on);
  return [
    ...(days.some((on) => on > today) ? ['a day to come'] : []), ...(days.some((on) => on < today) ? ['a day past'] : []), ...(days.includes(today) ? ['today'] : []), ...(days.length > 1 ? ['several days'] : []),
    ...(findAmounts(words).length > 0 ? ['an amount'] : []), ...(/\?\s*$/.test(words) ? ['ends by asking'] : []),
  ];
}

function opinions({ kind, confidence }: Classification): string[] {
  return [confidence >= 0.4 ? `rules: ${kind}` : 'rules: nothing', ...(confidence >= 0.7 ? [`rules: surely ${kind}`] : [])];
}
