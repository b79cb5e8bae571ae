import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorResponse, ListEmail, Resend, Response } from 'resend';
import type { FindResult, Sought } from './provider';
import { retryAfterMs } from './resendAnswers';

const pageSize = 100;
/** 10,000 messages back; what lies beyond is for a person to look up. */
const pagesMax = 100;
/** Our clock and Resend's may differ. */
const clockSlackMs = 10 * 60_000;
const throttledMax = 20;

/**
 * Looks for a message among those that Resend took since it was first offered. Messages carry our id as a tag and in their text; subject and
 * recipient only narrow the search.
 */
export async function findAtResend(resend: Resend, sought: Sought, signal: AbortSignal): Promise<FindResult> {
  const call = patientCalls(signal);
  let after: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const listed = await call(() => resend.emails.list({ limit: pageSize, ...(after ? { after } : {}) }, { signal }));
    if (listed.error) return { kind: 'unavailable', reason: describe(listed.error) };
    for (const candidate of listed.data.data.filter((email) => isAlike(email, sought))) {
      const email = await call(() => resend.emails.get(candidate.id, { signal }));
      if (email.error) return { kind: 'unavailable', reason: describe(email.error) };
      const isTagged = email.data.tags?.some(({ value }) => value === sought.messageId) ?? false;
      if (isTagged || email.data.text?.includes(sought.messageId)) return { kind: 'found', providerId: candidate.id };
    }
    const last = listed.data.data.at(-1);
    if (!last || !listed.data.has_more || Date.parse(last.created_at) < sought.firstAttemptAt - clockSlackMs) return { kind: 'absent' };
    after = last.id;
  }
  return { kind: 'cannot-tell', reason: `it is not among the newest ${pagesMax * pageSize} messages at Resend, and there are more` };
}

function isAlike(email: ListEmail, { subject, to }: Sought): boolean {
  return email.subject === subject && to.every((address) => email.to.includes(address));
}

/** Calls that wait out the rate limit, a bounded number of times in one search. */
function patientCalls(signal: AbortSignal) {
  let throttled = 0;
  return async function call<T>(ask: () => Promise<Response<T>>): Promise<Response<T>> {
    for (;;) {
      const answer = await ask();
      if (answer.error?.name !== 'rate_limit_exceeded' || throttled >= throttledMax || signal.aborted) return answer;
      throttled += 1;
      await sleep(retryAfterMs(answer.headers));
    }
  };
}

function describe({ name, message }: ErrorResponse): string {
  return `${name}: ${message}`;
}
