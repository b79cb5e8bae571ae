/** Task queues: one for decisions, one for the batches of segments, one for their runs, and one for mail, whose worker carries the provider's rate limit. */
export interface TaskQueues {
  collection: string;
  batch: string;
  segment: string;
  mail: string;
}

/** The queues of a deployment. One that shares its Temporal namespace with another, such as a test, takes a name of its own. */
export function taskQueuesNamed(name: string): TaskQueues {
  return { collection: name, batch: `${name}-batch`, segment: `${name}-segment`, mail: `${name}-mail` };
}

export const taskQueues: TaskQueues = taskQueuesNamed('dunwell');

export const collectInvoiceType = 'collectInvoice';
