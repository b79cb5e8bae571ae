import { lexicalFeatures } from '../../domain/reply/lexicalFeatures';
import { replyKinds } from '../../domain/reply/classification';
import { classifyByRules } from '../../domain/reply/rules';
import type { Lexicon } from '../../domain/reply/lexicalModel';
import { readAs, type LabelledReply } from './set';

const rounds = 60;
const shrinkage = 0.0008;
/** Features of one text alone say more about that text than about replies. */
const seenMin = 2;
/** Weights smaller than this, in hundredths, are left out: they change nothing. */
const weightMin = 4;
/** The rules were written for these: there they are always right, and would be trusted too much. */
const rulesWrittenFor: readonly string[] = ['training', 'later'];

interface Document {
  kind: number;
  at: readonly number[];
}

/** Fits the lexical model to replies: multinomial logistic regression, by full passes in a fixed order, so that the same replies always give the same weights. */
export function fitLexicon(replies: readonly LabelledReply[]): Lexicon {
  const texts = replies.map((reply) => ({ kind: replyKinds.indexOf(reply.kind), features: lexicalFeatures(readAs(reply), rulesWrittenFor.includes(reply.part) ? null : classifyByRules(readAs(reply))) }));
  const counts = new Map<string, number>();
  for (const { features } of texts) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= seenMin).map(([feature]) => feature).sort();
  const index = new Map(kept.map((feature, position) => [feature, position]));
  const models = fitModels(texts.map(({ kind, features }) => ({ kind, at: features.flatMap((feature) => index.get(feature) ?? []) })), kept.length);
  return {
    kinds: [...replyKinds], bias: models.map(({ bias }) => Math.round(bias * 1_000) / 1_000),
    weights: Object.fromEntries(kept.map((feature, position): [string, number[]] => [feature, models.map(({ of }) => Math.round((of[position] ?? 0) * 100))]).filter(([, of]) => of.some((weight) => Math.abs(weight) >= weightMin))),
  };
}

function fitModels(documents: readonly Document[], features: number) {
  const models = replyKinds.map(() => ({ of: new Float64Array(features), bias: 0 }));
  for (let pass = 0; pass < rounds; pass += 1) {
    const rate = 1 / (1 + pass * 0.02);
    for (const { kind, at } of documents) {
      // Long texts have many features: each counts for less there.
      const scale = 1 / Math.sqrt(at.length || 1);
      const powers = models.map(({ of, bias }) => Math.exp(bias + scale * at.reduce((sum, feature) => sum + (of[feature] ?? 0), 0)));
      const total = powers.reduce((sum, power) => sum + power, 0);
      models.forEach((model, position) => {
        const error = (position === kind ? 1 : 0) - (powers[position] ?? 0) / total;
        for (const feature of at) model.of[feature] = (model.of[feature] ?? 0) * (1 - rate * shrinkage) + rate * error * scale;
        model.bias += rate * 0.2 * error;
      });
    }
  }
  return models;
}
