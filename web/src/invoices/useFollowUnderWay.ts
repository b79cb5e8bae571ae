import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { clockQuery } from '../clock/queries';
import { invoiceKeys, type Ladder } from './queries';

const followEveryMs = 2_000;
/** What has not been done by then waits for something else: it is seen when the page is looked at again. */
const followsMax = 15;

/** What is planned for now is being done at this moment, as after a payment or a step that somebody asked for: all that the page shows of the invoice is read again until it is done. */
export function useFollowUnderWay(invoiceId: number, ladder: Ladder | null | undefined): void {
  const client = useQueryClient();
  const { data: clock } = useQuery(clockQuery);
  const at = ladder?.next?.at ?? null;
  const isDue = at !== null && clock !== undefined && Date.parse(at) <= Date.parse(clock.now);
  useEffect(() => {
    if (!isDue) return;
    let follows = 0;
    const timer = setInterval(() => {
      void client.invalidateQueries({ queryKey: invoiceKeys.one(invoiceId) });
      if (++follows === followsMax) clearInterval(timer);
    }, followEveryMs);
    return () => clearInterval(timer);
  }, [client, invoiceId, isDue]);
}
