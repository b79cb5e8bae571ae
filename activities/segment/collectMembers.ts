import type { MembersStep, RunProgress } from '../../workflows/contracts/segment';
import type { TimedStep } from './runSteps';

/** How much one call does at most: the workflow's history has the ids of its messages, and a person's pause of a workflow, or its end, waits for it. */
export interface MembersLimits {
  messagesMax: number;
  pagesMax: number;
}

/**
 * Goes on with a segment's run, page after page, until it has to wait, is over, or the limits are met. `stranded`: messages to hand over besides, that a call queued which died before it could say
 * so. What is done is found done by a repeat, so it may die anywhere; `isCancelled` lets it stop between two pages, as when its worker ends.
 */
export async function collectMembers(
  nextStep: () => Promise<TimedStep>, { messagesMax, pagesMax }: MembersLimits, stranded: readonly string[], isCancelled: () => boolean, onProgress: (progress: RunProgress) => void,
): Promise<MembersStep> {
  const deliver = [...stranded];
  const progress: RunProgress = { run: null, after: null, decided: 0, messages: 0 };
  for (let pages = 0; pages < pagesMax && deliver.length < messagesMax && !isCancelled(); pages += 1) {
    const next = await nextStep().catch((error: unknown) => {
      // What is queued is to be handed over; the next call meets the error again, and fails by it.
      if (pages > 0) return null;
      throw error;
    });
    if (next === null) break;
    const { step, waitMs } = next;
    if (step.kind === 'wait') return { kind: 'wait', waitMs, why: step.why, deliver };
    if (step.kind === 'done') return { kind: 'done', deliver };
    deliver.push(...step.deliver);
    if (step.at === null) continue;
    Object.assign(progress, { run: step.at.run, after: step.at.after, decided: progress.decided + step.at.decided, messages: progress.messages + step.deliver.length });
    onProgress({ ...progress });
  }
  return { kind: 'more', deliver };
}
