import { once } from 'node:events';
import type { Response } from 'express';
import type { StoredAnswer } from '../../db/access/idempotency';
import type { Contract } from '../contracts/contract';
import { Document, Streamed } from './call';
import { etagOf } from './etag';

export type Answer = StoredAnswer | Document | Streamed;

/** What a handler gave, as it is sent. */
export function answerOf(contract: Contract, result: unknown, checked: boolean): Answer {
  if (result instanceof Document || result instanceof Streamed) return result;
  if (contract.status === 204) return { status: 204, headers: {}, body: null };
  const body = JSON.stringify(result ?? null);
  if (checked && contract.answer) {
    const fits = contract.answer.safeParse(JSON.parse(body));
    if (!fits.success) throw new Error(`The answer of ${contract.id} does not fit its schema: ${fits.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).slice(0, 5).join('; ')}`);
  }
  const rowVersion = contract.etag && result !== null && typeof result === 'object' && 'rowVersion' in result ? Number(result.rowVersion) : null;
  return { status: contract.status, headers: rowVersion === null ? {} : { etag: etagOf(rowVersion, body) }, body };
}

/** A reader that takes nothing for so long has gone. */
const stalledMsMax = 60_000;

/** Writes no faster than it is read. A failure half-way breaks the connection off, so that what is cut short does not look whole. */
async function sendStream(response: Response, { contentType, headers, pour }: Streamed): Promise<void> {
  const gone = new AbortController();
  // Who has gone already is told of no more: nothing is read for them, and no turn taken.
  if (response.closed) return;
  response.once('close', () => gone.abort());
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.status(200).setHeader('content-type', contentType);
  try {
    await pour(async (text) => {
      gone.signal.throwIfAborted();
      if (!response.write(text)) await once(response, 'drain', { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(stalledMsMax)]) });
    });
    response.end();
  } catch (error) {
    if (gone.signal.aborted) return;
    throw error;
  }
}

export async function send(response: Response, answer: (StoredAnswer & { repeated?: boolean }) | Document | Streamed): Promise<void> {
  if (answer instanceof Streamed) return sendStream(response, answer);
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (answer instanceof Document) {
    response.status(200).type(answer.contentType).send(answer.content);
    return;
  }
  if (answer.repeated) response.setHeader('idempotency-replayed', 'true');
  response.status(answer.status);
  if (answer.body === null) response.end();
  else {
    // Express's own send would look at the type and freshness of what is neither typed otherwise nor ever kept.
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('content-length', Buffer.byteLength(answer.body));
    response.end(answer.body);
  }
}
