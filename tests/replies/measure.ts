import { classifyOffline } from '../../domain/reply/classifyOffline';
import { mayActAlone, replyKinds, type Classification, type ReplyKind } from '../../domain/reply/classification';
import type { Lexicon } from '../../domain/reply/lexicalModel';
import { fitLexicon } from './fit';
import { readAs, readReplySet, type LabelledReply } from './set';
import { fittedParts } from './writeLexicon';

export interface Judged {
  reply: LabelledReply;
  found: Classification;
}

export interface Recalled {
  of: string;
  replies: number;
  precision: number;
  recall: number;
}

const judgeOne = (reply: LabelledReply, lexicon?: Lexicon): Judged => ({ reply, found: classifyOffline(readAs(reply), lexicon) });

/** The classifier's answers on one part of the set. */
export function judge(part: LabelledReply['part']): Judged[] {
  return readReplySet().filter((reply) => reply.part === part).map((reply) => judgeOne(reply));
}

const folds = 6;

/**
 * Answers to replies that the lexicon was not fitted to: each of six folds by a lexicon of the others. Only of parts for which no rule was written; replies at one position of a part are in one fold, as they may be
 * translations of each other.
 */
export function crossJudge(): Judged[] {
  const replies = readReplySet().filter(({ part }) => fittedParts.includes(part));
  return Array.from({ length: folds }, (_, fold) => {
    const lexicon = fitLexicon(replies.filter(({ position }) => position % folds !== fold));
    return replies.filter(({ position, part }) => position % folds === fold && (part === 'varied' || part === 'more-training')).map((reply) => judgeOne(reply, lexicon));
  }).flat();
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
const isRight = ({ reply, found }: Judged): boolean => reply.kind === found.kind;

export function figuresOf(judged: readonly Judged[]) {
  const acting = judged.filter(({ found }) => mayActAlone(found));
  const dated = judged.filter((each) => isRight(each) && each.reply.on !== null);
  const languages = [...new Set(judged.map(({ reply }) => reply.language))];
  return {
    replies: judged.length,
    accuracy: share(judged.filter(isRight).length, judged.length),
    /** Of those that would act without a person, how many there are and how many are right. */
    actsAlone: share(acting.length, judged.length),
    rightWhenActing: share(acting.filter(isRight).length, acting.length),
    wrongWhenActing: acting.filter((each) => !isRight(each)),
    datesRight: share(dated.filter(({ reply, found }) => reply.on === found.on).length, dated.length),
    kinds: replyKinds.map((kind) => recalled(judged, kind)),
    languages: languages.map((language) => {
      const of = judged.filter(({ reply }) => reply.language === language);
      const alone = of.filter(({ found }) => mayActAlone(found));
      return { of: language, replies: of.length, accuracy: share(of.filter(isRight).length, of.length), actsAlone: share(alone.length, of.length), rightWhenActing: share(alone.filter(isRight).length, alone.length) };
    }),
    coverage: [0.1, 0.2, 0.3, 0.5, 0.75, 1].map((covered) => {
      const surest = [...judged].sort((a, b) => b.found.confidence - a.found.confidence).slice(0, Math.round(covered * judged.length));
      return { covered, precision: share(surest.filter(isRight).length, surest.length) };
    }),
  };
}

function recalled(judged: readonly Judged[], kind: ReplyKind): Recalled {
  const are = judged.filter(({ reply }) => reply.kind === kind);
  const taken = judged.filter(({ found }) => found.kind === kind);
  const both = are.filter(({ found }) => found.kind === kind).length;
  return { of: kind, replies: are.length, precision: share(both, taken.length), recall: share(both, are.length) };
}
