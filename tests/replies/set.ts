import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReplyKind } from '../../domain/reply/classification';

/** The day on which every reply of the set is read, a Tuesday: 'Friday' is 2026-03-13. */
export const setDay = '2026-03-10';

export interface LabelledReply {
  language: string;
  kind: ReplyKind;
  subject: string;
  text: string;
  /** What a promise or an absence says, as far as it says it. */
  on: string | null;
  amount: string | null;
  reason: string | null;
  /** A third of the set, by a hash of its text, is for measuring only: no rule was written with it in view. */
  part: 'training' | 'test';
}

/** The replies of `set/<language>.txt`: a line `## kind on=… amount=… reason=… subject=…`, then the text as it came. */
export function readReplySet(): LabelledReply[] {
  const folder = path.join(__dirname, 'set');
  return readdirSync(folder).sort().flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split(/^## /m).slice(1).map((block) => reply(file.slice(0, 2), block)));
}

function reply(language: string, block: string): LabelledReply {
  const end = block.indexOf('\n');
  const [head, text] = [block.slice(0, end), block.slice(end + 1).trim()];
  const field = (name: string): string | null => new RegExp(`\\b${name}=(\\S+)`).exec(head)?.[1] ?? null;
  return {
    language, text, kind: head.split(' ')[0] as ReplyKind, subject: /subject=(.*)$/.exec(head)?.[1] ?? 'Re: Invoice 2026-114',
    on: field('on'), amount: field('amount'), reason: field('reason'), part: createHash('sha256').update(text).digest()[0]! % 3 === 0 ? 'test' : 'training',
  };
}
