import { sureEnough, type Classification, type ReplyClassifier, type ReplyText } from './classification';
import { withDoubts } from './doubts';
import { lexicalGuess, type LexicalGuess, type Lexicon } from './lexicalModel';
import lexicon from './lexicon.json';
import { classifyByRules, detailsAs, hasSign } from './rules';

/** The resemblance proposes from this share on; by itself it is never surer than `proposedMost`, so that it never acts alone. */
const proposes = 0.3;
const proposedMost = 0.6;
/** Together they are sure: rules that found words of that kind, and a resemblance this close. Chosen by cross-validation, see docs/replies.md. */
const rulesAtLeast = 0.6;
const closeAtLeast = 0.85;
const doubted = 0.1;

/**
 * Classifies without a network: by rules, and by how much the reply as a whole resembles replies of each kind. What acts by itself is what the rules are sure of, or what both say: resemblance
 * alone only proposes a kind to the person who decides. Where sure rules and resemblance differ, or something in it casts doubt on that reading, the answer is less sure.
 */
export function classifyOffline(reply: ReplyText, words: Lexicon = lexicon): Classification {
  return withDoubts(classified(reply, words), reply);
}

function classified(reply: ReplyText, words: Lexicon): Classification {
  const byRules = classifyByRules(reply);
  const guess = reply.said.trim() === '' || reply.automatic ? null : lexicalGuess(reply, byRules, words);
  if (!guess) return byRules;
  if (byRules.confidence >= sureEnough) return guess.kind === byRules.kind ? byRules : { ...byRules, confidence: rounded(Math.max(0, byRules.confidence - doubted * guess.share)) };
  if (guess.kind === byRules.kind) return agreed(reply, byRules, guess);
  if (guess.share < proposes) return byRules;
  return { ...byRules, kind: guess.kind, confidence: rounded(Math.min(proposedMost, guess.share)), reason: 'No rule is sure of it; its words resemble such replies.', ...nothingFound, ...detailsAs(guess.kind, reply) };
}

const nothingFound = { on: null, amount: null, disputeReason: null, referredTo: null } as const;

function agreed(reply: ReplyText, byRules: Classification, { kind, share }: LexicalGuess): Classification {
  const areSure = byRules.confidence >= rulesAtLeast && share >= closeAtLeast && hasSign(kind, reply);
  if (areSure) return { ...byRules, confidence: rounded(Math.min(0.9, share)), reason: `${byRules.reason} All its words resemble such replies.` };
  return { ...byRules, confidence: rounded(Math.max(byRules.confidence, Math.min(proposedMost, share))) };
}

const rounded = (confidence: number): number => Math.round(confidence * 100) / 100;

export const offlineClassifier: ReplyClassifier = { name: 'rules', classify: (reply) => Promise.resolve(classifyOffline(reply)) };
