import { runSteps, type SegmentDeps } from './runSteps';
import type { CollectSegment, SegmentStep } from '../../workflows/contracts/segment';

/** What segments ask for whose workflow began before members were paged through by an activity of their own: one step, as a local activity. */
export function createSegmentStepActivities(deps: SegmentDeps) {
  const nextStep = runSteps(deps);
  return {
    async stepSegment({ segmentId }: CollectSegment): Promise<SegmentStep> {
      const { step, waitMs } = await nextStep(segmentId);
      switch (step.kind) {
        case 'more': return { kind: 'more', deliver: step.deliver };
        case 'wait': return { kind: 'wait', waitMs, why: step.why };
        case 'done': return { kind: 'done' };
      }
    },
  };
}

export type SegmentStepActivities = ReturnType<typeof createSegmentStepActivities>;
