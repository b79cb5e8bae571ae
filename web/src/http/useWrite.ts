import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';

/** Headers that make a repeated POST harmless: the same for every retry of one action. */
export interface Once {
  'Idempotency-Key': string;
}

interface Options<Input, Output> {
  send: (input: Input, once: Once) => Promise<Output>;
  /** What is shown elsewhere and has changed by this. */
  invalidates: readonly QueryKey[] | ((input: Input, output: Output) => readonly QueryKey[]);
  onDone?: (output: Output, input: Input) => void;
  onFailed?: (error: unknown) => void;
}

export interface Write<Input, Output> {
  run: (input: Input, then?: (output: Output) => void) => void;
  pending: boolean;
  error: unknown;
  output: Output | undefined;
  reset: () => void;
}

/** One write to the API: a key of its own per action, precise invalidation, and its error at hand for the form. */
export function useWrite<Input, Output>({ send, invalidates, onDone, onFailed }: Options<Input, Output>): Write<Input, Output> {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ input, once }: { input: Input; once: Once }) => send(input, once),
    onSuccess: async (output, { input }) => {
      const keys = typeof invalidates === 'function' ? invalidates(input, output) : invalidates;
      onDone?.(output, input);
      await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
    onError: (error) => onFailed?.(error),
  });
  return {
    run: (input, then) => mutation.mutate({ input, once: { 'Idempotency-Key': newKey() } }, { onSuccess: (output) => then?.(output) }),
    pending: mutation.isPending,
    error: mutation.error,
    output: mutation.data,
    reset: mutation.reset,
  };
}

/** crypto.randomUUID exists only on https and localhost; a console on a plain address in the office needs keys too. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
