import { ServiceError, isGrpcServiceError } from '@temporalio/client';

/** gRPC codes after which a repeat may succeed: the server is away, overloaded, or took too long. */
const transientCodes = new Set([1 /* CANCELLED */, 4 /* DEADLINE_EXCEEDED */, 8 /* RESOURCE_EXHAUSTED */, 10 /* ABORTED */, 13 /* INTERNAL */, 14 /* UNAVAILABLE */, 2 /* UNKNOWN */]);

const firstWaitMs = 50;
const longestWaitMs = 5_000;

/** Whether a call to Temporal failed for a reason that passes. */
export function isTransient(error: unknown): boolean {
  if (isGrpcServiceError(error)) return transientCodes.has(error.code);
  if (error instanceof ServiceError) return error.cause === undefined || isTransient(error.cause);
  return false;
}

/** Repeats a call to Temporal until it succeeds, with jitter so that callers held back together do not come back together. */
export async function patiently<T>(call: () => Promise<T>, signal: AbortSignal, onRetry: (error: unknown, attempt: number) => void): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (signal.aborted || !isTransient(error)) throw error;
      onRetry(error, attempt);
      const ceilingMs = Math.min(longestWaitMs, firstWaitMs * 2 ** attempt);
      await pause(ceilingMs / 2 + (Math.random() * ceilingMs) / 2, signal);
      if (signal.aborted) throw error;
    }
  }
}

/** Looks whether there is something to do, until the signal: `look` answers after how many ms to look again. A look that fails is told, and tried again. */
export async function againAndAgain(signal: AbortSignal, { afterErrorMs, onError }: { afterErrorMs: number; onError: (error: unknown) => void }, look: () => Promise<number>): Promise<void> {
  while (!signal.aborted) {
    let waitMs = afterErrorMs;
    try {
      waitMs = await look();
    } catch (error) {
      if (signal.aborted) return;
      onError(error);
    }
    if (waitMs > 0) await pause(waitMs, signal);
  }
}

/** Waits, or until the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
