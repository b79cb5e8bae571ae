import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReplyKind, ReplyText } from '../../domain/reply/classification';
import { said } from '../../domain/reply/said';

/** The day on which every reply of the set is read, a Tuesday: 'Friday' is 2026-03-13. */
export const setDay = '2026-03-10';

/**
 * `training` and `test` split `set/` by a hash; `later/` was written after the first rules, which were then extended with it; `unseen/` after that, and no pattern was added for it. `more/` says the
 * same things in the same order in each language: all four go to the same part, by a hash of their position, so that no translation of a test reply is trained on.
 * `varied/` was written for the lexicon and no pattern was added for it; `fresh/` was written after all that and measured once.
 */
export const parts = ['training', 'test', 'later', 'unseen', 'more-training', 'more-test', 'varied', 'fresh'] as const;
export type Part = (typeof parts)[number];

export interface LabelledReply {
  language: string;
  kind: ReplyKind;
  subject: string;
  text: string;
  /** What a promise or an absence says, as far as it says it. */
  on: string | null;
  amount: string | null;
  reason: string | null;
  part: Part;
  /** Where it stands in its file. */
  position: number;
}

/** As a classifier gets it. */
export function readAs({ subject, text }: LabelledReply): ReplyText {
  return { subject, said: said(text), today: setDay, automatic: false };
}

/** The replies of `set/<language>.txt` and `later/<language>.txt`: a line `## kind on=… amount=… reason=… subject=…`, then the text as it came. */
export function readReplySet(): LabelledReply[] {
  return [...read('set', (text) => (hashed(text) % 3 === 0 ? 'test' : 'training')), ...read('later', () => 'later'), ...read('unseen', () => 'unseen'), ...read('varied', () => 'varied'), ...read('fresh', () => 'fresh'), ...read('more', (_text, position) => (hashed(`more/${position}`) % 3 === 0 ? 'more-test' : 'more-training'))];
}

function hashed(text: string): number {
  return createHash('sha256').update(text).digest()[0]!;
}

function read(folder: string, partOf: (text: string, position: number) => Part): LabelledReply[] {
  const where = path.join(__dirname, folder);
  return readdirSync(where).sort().flatMap((file) => readFileSync(path.join(where, file), 'utf8').split(/^## /m).slice(1).map((block, position) => reply(file.slice(0, 2), block, position, (text) => partOf(text, position))));
}

function reply(language: string, block: string, position: number, partOf: (text: string) => Part): LabelledReply {
  const end = block.indexOf('\n');
  const [head, text] = [block.slice(0, end), block.slice(end + 1).trim()];
  const field = (name: string): string | null => new RegExp(`\\b${name}=(\\S+)`).exec(head)?.[1] ?? null;
  return {
    language, text, position, kind: head.split(' ')[0] as ReplyKind, subject: /subject=(.*)$/.exec(head)?.[1] ?? 'Re: Invoice 2026-114',
    on: field('on'), amount: field('amount'), reason: field('reason'), part: partOf(text),
  };
}
