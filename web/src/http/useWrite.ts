import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isAnswered } from './problem';

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
  /** `then` follows once what the write changed is shown afresh, or at once when the form goes before that; not at all when it was gone before the answer. */
  run: (input: Input, then?: (output: Output) => void) => void;
  pending: boolean;
  error: unknown;
  output: Output | undefined;
  reset: () => void;
}

interface Action<Input, Output> {
  input: Input;
  once: Once;
  followUp?: (output: Output) => void;
}

/**
 * One write to the API: a key of its own per action, precise invalidation, and its error at hand for the form.
 * The same again while it is under way is the second press of an impatient hand, and asks for nothing; after an error that leaves open whether it was done it is asked for with the same key.
 */
export function useWrite<Input, Output>({ send, invalidates, onDone, onFailed }: Options<Input, Output>): Write<Input, Output> {
  const queryClient = useQueryClient();
  const follow = useFollowUps();
  const underWay = useRef(new Set<string>());
  const unanswered = useRef(new Map<string, Once>());
  const mutation = useMutation({
    mutationFn: ({ input, once }: Action<Input, Output>) => send(input, once),
    onSuccess: async (output, { input, followUp }) => {
      const keys = typeof invalidates === 'function' ? invalidates(input, output) : invalidates;
      onDone?.(output, input);
      await follow(() => followUp?.(output), Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey }))));
    },
    onError: (error, { input, once }) => {
      if (!isAnswered(error)) unanswered.current.set(written(input), once);
      onFailed?.(error);
    },
    onSettled: (_output, _error, { input }) => void underWay.current.delete(written(input)),
  });
  const run = (input: Input, then?: (output: Output) => void): void => {
    const what = written(input);
    // Not `isPending`: that comes with the next drawing of the page, and two clicks of a mouse may come before it.
    if (underWay.current.has(what)) return;
    underWay.current.add(what);
    const once = unanswered.current.get(what) ?? { 'Idempotency-Key': newKey() };
    unanswered.current.delete(what);
    mutation.mutate({ input, once, followUp: then });
  };
  return {
    run,
    pending: mutation.isPending,
    error: mutation.error,
    output: mutation.data,
    reset: mutation.reset,
  };
}

/**
 * Runs what follows an answer when the refetch after it is over. That refetch often takes away the very form that asked, since what it asked about
 * is settled: then it runs as the form goes. What the library calls after a `mutate` would never come, and the dialog around the form stay open.
 */
function useFollowUps() {
  const waiting = useRef<Set<() => void>>(null);
  useEffect(() => {
    const owed = new Set<() => void>();
    waiting.current = owed;
    return () => {
      waiting.current = null;
      for (const followUp of owed) followUp();
      owed.clear();
    };
  }, []);
  return async (followUp: () => void, refetched: Promise<unknown>): Promise<void> => {
    const owed = waiting.current;
    owed?.add(followUp);
    await refetched;
    if (owed?.delete(followUp)) followUp();
  };
}

/** By which an input is known again. A file says nothing of itself when it is written as JSON. */
function written(input: unknown): string {
  return JSON.stringify([input], (_name, value: unknown) => (value instanceof File ? [value.name, value.size, value.lastModified] : value));
}

/** crypto.randomUUID exists only on https and localhost; a console on a plain address in the office needs keys too. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
