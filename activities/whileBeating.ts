import type { Context } from '@temporalio/activity';

/**
 * Does long work whose life is seen by its heartbeat. By time and not by how far the work is: a piece of it may wait long for a database that is busy, and a worker that
 * was killed is to be missed soon. `progress`: what each beat tells of how far it is.
 */
export async function whileBeating<Result>(context: Context, everyMs: number, work: () => Promise<Result>, progress?: () => unknown): Promise<Result> {
  const beating = setInterval(() => context.heartbeat(progress?.()), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
