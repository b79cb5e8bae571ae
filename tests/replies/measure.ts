import { classifyOffline } from '../../domain/reply/classifyOffline';
import { mayActAlone, replyKinds, type Classification, type ReplyKind } from '../../domain/reply/classification';
import { said } from '../../domain/reply/said';
import { readReplySet, setDay, type LabelledReply } from './set';

export interface Judged {
  reply: LabelledReply;
  found: Classification;
}

export interface KindFigures {
  kind: ReplyKind;
  replies: number;
  precision: number;
  recall: number;
}

/** The rules' answers on one part of the set. */
export function judge(part: LabelledReply['part']): Judged[] {
  return readReplySet().filter((reply) => reply.part === part).map((reply) => ({
    reply, found: classifyOffline({ subject: reply.subject, said: said(reply.text), today: setDay, automatic: false }),
  }));
}

export function figuresOf(judged: readonly Judged[]) {
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  const right = judged.filter(({ reply, found }) => reply.kind === found.kind);
  const acting = judged.filter(({ found }) => mayActAlone(found));
  const dated = right.filter(({ reply }) => reply.on !== null);
  return {
    replies: judged.length,
    accuracy: share(right.length, judged.length),
    /** Of those that would act without a person, how many there are and how many are right. */
    actsAlone: share(acting.length, judged.length),
    rightWhenActing: share(acting.filter(({ reply, found }) => reply.kind === found.kind).length, acting.length),
    datesRight: share(dated.filter(({ reply, found }) => reply.on === found.on).length, dated.length),
    kinds: replyKinds.map((kind): KindFigures => {
      const are = judged.filter(({ reply }) => reply.kind === kind);
      const taken = judged.filter(({ found }) => found.kind === kind);
      const both = are.filter(({ found }) => found.kind === kind).length;
      return { kind, replies: are.length, precision: share(both, taken.length), recall: share(both, are.length) };
    }),
  };
}
