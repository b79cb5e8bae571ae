import { lexicalFeatures } from './lexicalFeatures';
import type { ReplyKind } from './classification';

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

/** What the words as a whole resemble most, and how much more than the next. Null for a text of which the lexicon knows nothing. */
export function lexicalGuess(said: string, { kinds, bias, weights }: Lexicon): LexicalGuess | null {
  const known = lexicalFeatures(said).flatMap((feature) => (Object.hasOwn(weights, feature) ? [weights[feature] ?? []] : []));
  if (known.length === 0) return null;
  const scale = 1 / Math.sqrt(known.length) / 100;
  const scores = kinds.map((_, position) => 1 / (1 + Math.exp(-(bias[position] ?? 0) - scale * known.reduce((sum, of) => sum + (of[position] ?? 0), 0))));
  const total = scores.reduce((sum, score) => sum + score, 0);
  let best = 0;
  scores.forEach((score, position) => { if (score > (scores[best] ?? 0)) best = position; });
  return { kind: kinds[best] as ReplyKind, share: (scores[best] ?? 0) / total };
}
