import { QueryClient } from '@tanstack/react-query';
import { isAnswered } from './problem';

const retriesMax = 2;

/** An answer that says no is final; a server that fails or is silent is asked again. */
const worthRetrying = (failures: number, error: unknown): boolean => failures < retriesMax && !isAnswered(error);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: worthRetrying, refetchOnWindowFocus: true },
    // Every write carries an idempotency key that stays the same when it is repeated.
    mutations: { retry: worthRetrying, retryDelay: (attempt) => 500 * 2 ** attempt },
  },
});
