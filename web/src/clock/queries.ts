import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answered, api, type Schema } from '../http/client';
import { useWrite } from '../http/useWrite';
import { sessionKey } from '../session/queries';
import { notifyFailed } from '../feedback/notify';

export type Clock = Schema<'Clock'>;
export const clockKey = ['clock'] as const;

/** Until the clock has answered: the browser's own. */
const loadedAt = new Date().toISOString();
const idlePollMs = 15_000;
const movingPollMs = 1_000;

const moves = (clock: Clock | undefined): boolean => clock?.mode === 'manual' && (clock.advancing || clock.playHoursPerSecond !== null);

export const clockQuery = queryOptions({
  queryKey: clockKey,
  queryFn: () => answered(api.GET('/clock')),
  refetchInterval: ({ state }) => (moves(state.data) ? movingPollMs : idlePollMs),
});

/** The calendar date now, on the deployment's clock, in UTC; the browser's own date until the clock has answered. */
export function useToday(): string {
  const { data } = useQuery(clockQuery);
  return (data?.now ?? loadedAt).slice(0, 10);
}

/** While virtual time moves, whatever is on screen moves with it. */
export function useRefreshAsTimeMoves(clock: Clock | undefined): void {
  const client = useQueryClient();
  const seen = useRef<string | undefined>(undefined);
  const now = clock?.mode === 'manual' ? clock.now : undefined;
  useEffect(() => {
    if (now === undefined || now === seen.current) return;
    const first = seen.current === undefined;
    seen.current = now;
    if (first) return;
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== clockKey[0] && queryKey[0] !== sessionKey[0] });
  }, [now, client]);
}

function useClockWrite<Input>(send: (input: Input, once: { 'Idempotency-Key': string }) => Promise<Clock>) {
  const client = useQueryClient();
  return useWrite({ send, invalidates: [], onDone: (clock) => client.setQueryData(clockKey, clock), onFailed: notifyFailed });
}

export const useAdvance = () => useClockWrite((to: string, once) => answered(api.POST('/clock/advance', { params: { header: once }, body: { to } })));
export const usePlay = () => useClockWrite((hoursPerSecond: number, once) => answered(api.POST('/clock/play', { params: { header: once }, body: { hoursPerSecond } })));
export const usePause = () => useClockWrite((_: void, once) => answered(api.POST('/clock/pause', { params: { header: once } })));
