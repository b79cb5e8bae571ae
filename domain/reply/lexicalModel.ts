import { lexicalFeatures } from './lexicalFeatures';
import type { Classification, ReplyKind, ReplyText } from './classification';

/** Weights of a linear model, one for each kind, in hundredths. */
export interface Lexicon {
  kinds: readonly string[];
  bias: readonly number[];
  weights: Readonly<Record<string, readonly number[]>>;
}

export interface LexicalGuess {
  kind: ReplyKind;
  /** 0 to 1, over all kinds. */
  share: number;
}

/** What a reply as a whole resembles most, and how much more than the next. Null for a text of which the lexicon knows no word. */
export function lexicalGuess(reply: ReplyText, byRules: Classification, { kinds, bias, weights }: Lexicon): LexicalGuess | null {
  const known = lexicalFeatures(reply, byRules).filter((feature) => Object.hasOwn(weights, feature));
  if (known.every((feature) => feature.startsWith('* '))) return null;
  const scale = 1 / Math.sqrt(known.length) / 100;
  const scores = kinds.map((_, position) => (bias[position] ?? 0) + scale * known.reduce((sum, feature) => sum + (weights[feature]?.[position] ?? 0), 0));
  const highest = Math.max(...scores);
  const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
  return { kind: kinds[scores.indexOf(highest)] as ReplyKind, share: 1 / total };
}
