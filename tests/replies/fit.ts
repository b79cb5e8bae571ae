import { lexicalFeatures } from '../../domain/reply/lexicalFeatures';
import { replyKinds } from '../../domain/reply/classification';
import { said } from '../../domain/reply/said';
import type { Lexicon } from '../../domain/reply/lexicalModel';
import type { LabelledReply } from './set';

const rounds = 120;
const rate = 0.4;
const shrinkage = 0.0008;
/** Features of one text alone say more about that text than about replies. */
const seenMin = 2;

/** Fits the lexical model to replies: one-against-the-rest logistic regression, by full passes in a fixed order, so that the same replies always give the same weights. */
export function fitLexicon(replies: readonly LabelledReply[]): Lexicon {
  const texts = replies.map((reply) => ({ kind: reply.kind, features: lexicalFeatures(said(reply.text)) }));
  const counts = new Map<string, number>();
  for (const { features } of texts) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= seenMin).map(([feature]) => feature).sort();
  const index = new Map(kept.map((feature, position) => [feature, position]));
  const documents = texts.map(({ kind, features }) => ({ kind, at: features.flatMap((feature) => index.get(feature) ?? []) }));
  const weights = replyKinds.map((kind) => fitOne(documents.map(({ kind: is, at }) => ({ at, is: is === kind ? 1 : 0 })), kept.length));
  return {
    kinds: [...replyKinds], bias: weights.map(({ bias }) => round(bias)),
    weights: Object.fromEntries(kept.map((feature, position) => [feature, weights.map(({ of }) => Math.round((of[position] ?? 0) * 100))]).filter(([, of]) => (of as number[]).some((weight) => Math.abs(weight) >= 4))) as Lexicon['weights'],
  };
}

function fitOne(documents: readonly { at: readonly number[]; is: number }[], features: number): { of: Float64Array; bias: number } {
  const of = new Float64Array(features);
  let bias = 0;
  for (let pass = 0; pass < rounds; pass += 1) {
    for (const { at, is } of documents) {
      // Long texts have many features: each counts for less there.
      const scale = 1 / Math.sqrt(at.length || 1);
      let sum = bias;
      for (const feature of at) sum += (of[feature] ?? 0) * scale;
      const error = is - 1 / (1 + Math.exp(-sum));
      for (const feature of at) of[feature] = (of[feature] ?? 0) * (1 - rate * shrinkage) + rate * error * scale;
      bias += rate * 0.2 * error;
    }
  }
  return { of, bias };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
