import type { CreateEmailResponseSuccess, ErrorResponse, Response } from 'resend';
import type { SendResult } from './provider';

const retryDefaultMs = 1_000;
const retryMostMs = 60 * 60_000;

/** How long to wait by the answer's headers: `retry-after`, or when the rate limit's window ends; both in seconds. */
export function retryAfterMs(headers: Readonly<Record<string, string>> | null): number {
  const seconds = Number(headers?.['retry-after'] ?? headers?.['ratelimit-reset'] ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(retryMostMs, Math.max(retryDefaultMs / 4, seconds * 1_000)) : retryDefaultMs;
}

/** What Resend's answer to POST /emails means for the message. */
export function resendResult({ data, error, headers }: Response<CreateEmailResponseSuccess>): SendResult {
  if (error) return refusal(error, headers);
  if (typeof data?.id === 'string' && data.id) return { kind: 'accepted', providerId: data.id, delivered: false };
  return { kind: 'unknown', reason: 'Resend answered without the id of the message' };
}

function refusal({ name, message, statusCode }: ErrorResponse, headers: Record<string, string> | null): SendResult {
  const reason = `${name}: ${message}`;
  switch (name) {
    case 'concurrent_idempotent_requests':
      return { kind: 'busy' };
    case 'invalid_idempotent_request':
      return { kind: 'conflict', reason };
    case 'rate_limit_exceeded':
      return { kind: 'throttled', reason, retryAfterMs: retryAfterMs(headers) };
    case 'daily_quota_exceeded':
    case 'monthly_quota_exceeded':
      return { kind: 'throttled', reason, retryAfterMs: headers?.['retry-after'] ? retryAfterMs(headers) : retryMostMs };
    // Mistakes of configuration: every message would be refused until somebody puts them right, and none was taken.
    case 'missing_api_key':
    case 'invalid_api_key':
    case 'restricted_api_key':
    case 'invalid_access':
    case 'invalid_from_address':
      return { kind: 'unavailable', reason };
    default:
      return byStatus(statusCode, reason, headers);
  }
}

/** No status: no answer came. A server error may have come after the message was taken. */
function byStatus(status: number | null, reason: string, headers: Record<string, string> | null): SendResult {
  if (status === null || status >= 500 || status === 408) return { kind: 'unknown', reason };
  if (status === 429) return { kind: 'throttled', reason, retryAfterMs: retryAfterMs(headers) };
  if (status === 401 || status === 403) return { kind: 'unavailable', reason };
  if (status === 409) return { kind: 'busy' };
  return { kind: 'rejected', reason };
}
