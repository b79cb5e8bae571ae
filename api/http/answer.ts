import type { Response } from 'express';
import type { StoredAnswer } from '../../db/access/idempotency';
import type { Contract } from '../contracts/contract';
import { Document } from './call';
import { etagOf } from './etag';

export type Answer = StoredAnswer | Document;

/** What a handler gave, as it is sent. */
export function answerOf(contract: Contract, result: unknown, checked: boolean): Answer {
  if (result instanceof Document) return result;
  if (contract.status === 204) return { status: 204, headers: {}, body: null };
  const body = JSON.stringify(result ?? null);
  if (checked && contract.answer) {
    const fits = contract.answer.safeParse(JSON.parse(body));
    if (!fits.success) throw new Error(`The answer of ${contract.id} does not fit its schema: ${fits.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).slice(0, 5).join('; ')}`);
  }
  const rowVersion = contract.etag && result !== null && typeof result === 'object' && 'rowVersion' in result ? Number(result.rowVersion) : null;
  return { status: contract.status, headers: rowVersion === null ? {} : { etag: etagOf(rowVersion, body) }, body };
}

export function send(response: Response, answer: (StoredAnswer & { repeated?: boolean }) | Document): void {
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
