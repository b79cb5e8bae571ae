import { Context } from '@temporalio/activity';
import { strandedRunMessages } from '../../db/segments/strandedRunMessages';
import type { CollectSegment, MembersStep, RunProgress } from '../../workflows/contracts/segment';
import { whileBeating } from '../whileBeating';
import { collectMembers, type MembersLimits } from './collectMembers';
import { customersPerPageDefault, runSteps, type SegmentDeps } from './runSteps';

export interface SegmentMembersDeps extends SegmentDeps {
  limits?: Partial<MembersLimits>;
}

const heartbeatMs = 4_000;
/** As many messages as one child hands over, and as many pages as leave the run's heartbeat something to tell while nobody of many is written to. */
const limitsDefault: MembersLimits = { messagesMax: 1_000, pagesMax: 200 };

/**
 * What a segment's workflow does in the ledger's database. The activity says by its heartbeat that it lives and how far it is. How far the run is, is noted with each page: one that takes over
 * after a kill goes on from there, whatever the last heartbeat said, and hands over what its predecessor queued.
 */
export function createSegmentActivities({ limits, ...deps }: SegmentMembersDeps) {
  const nextStep = runSteps(deps);
  const most = { ...limitsDefault, ...limits };
  // A call ends once it has so many messages: its last page may bring as many more as it has customers.
  const strandedMax = most.messagesMax + (deps.customersPerPage ?? customersPerPageDefault);
  return {
    async collectMembers({ segmentId }: CollectSegment): Promise<MembersStep> {
      const context = Context.current();
      let progress: RunProgress | undefined;
      const tell = (next: RunProgress): void => {
        progress = next;
        context.heartbeat(next);
      };
      return whileBeating(context, heartbeatMs, async () => {
        const stranded = context.info.attempt > 1 ? await strandedRunMessages(deps.knex, segmentId, strandedMax) : [];
        return collectMembers(() => nextStep(segmentId), most, stranded, () => context.cancellationSignal.aborted, tell);
      }, () => progress);
    },
  };
}

export type SegmentActivities = ReturnType<typeof createSegmentActivities>;
