import type { Classification, ReplyClassifier, ReplyText } from './classification';
import { lexicalGuess, type Lexicon } from './lexicalModel';
import lexicon from './lexicon.json';
import { classifyByRules, detailsAs } from './rules';

/** What rules are less sure of than this they have not recognised. */
const recognised = 0.4;
/** The lexical model proposes from this share on, and is never surer than this: it never acts by itself. */
const proposes = 0.3;
const proposedMost = 0.6;
const doubted = 0.1;

/**
 * Classifies without a network: by rules, and by how much the words as a whole resemble replies of each kind. Only the rules can be sure enough to act; where they recognise nothing, the
 * resemblance proposes a kind to the person who decides, and where the two differ, the answer is less sure. Why agreement makes nothing surer is in docs/replies.md.
 */
export function classifyOffline(reply: ReplyText, words: Lexicon = lexicon): Classification {
  const byRules = classifyByRules(reply);
  const guess = reply.said.trim() === '' || reply.automatic ? null : lexicalGuess(reply.said, words);
  if (!guess) return byRules;
  if (byRules.confidence < recognised) {
    if (guess.share < proposes || guess.kind === 'other') return byRules;
    const confidence = Math.round(Math.min(proposedMost, guess.share) * 100) / 100;
    return { ...byRules, kind: guess.kind, confidence, reason: 'No rule recognises it; its words resemble such replies.', ...detailsAs(guess.kind, reply) };
  }
  if (guess.kind !== byRules.kind) return { ...byRules, confidence: Math.round(Math.max(0, byRules.confidence - doubted * guess.share) * 100) / 100 };
  return byRules;
}

export const offlineClassifier: ReplyClassifier = { name: 'rules', classify: (reply) => Promise.resolve(classifyOffline(reply)) };
