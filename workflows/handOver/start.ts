import { ParentClosePolicy, startChild, uuid4 } from '@temporalio/workflow';
import { handOver } from './handOver';

/** Messages that one child hands over: each may come to wait on its own, as an activity of the child. */
const messagesPerChild = 1_000;

/** Starts children that hand these messages over. A provider that is down for hours must not keep a payment from releasing a hold: nobody waits for the children to end. */
export async function startHandOvers(messages: readonly string[]): Promise<void> {
  const children: Promise<unknown>[] = [];
  for (let from = 0; from < messages.length; from += messagesPerChild) {
    const messageIds = messages.slice(from, from + messagesPerChild);
    children.push(startChild(handOver, { workflowId: `hand-over:${uuid4()}`, args: [{ messageIds }], parentClosePolicy: ParentClosePolicy.ABANDON, staticSummary: `Hand over ${messageIds.length} messages` }));
  }
  await Promise.all(children);
}
