import { z } from 'zod';
import { faultPlanSchema } from './faults';
import type { ResendStandIn } from './standIn';

const webhookBody = z.object({ url: z.string(), secret: z.string() });
const eventBody = z.object({ emailId: z.string(), type: z.string(), extra: z.record(z.string(), z.unknown()).default({}) });

/** What the stand-in tells whoever runs it. */
export interface Counts {
  requests: number;
  accepted: number;
  /** Keys and messages that were accepted more than once; both must stay empty. */
  keysAcceptedTwice: string[];
  messagesAcceptedTwice: string[];
}

/**
 * The endpoints by which another process gives orders: `POST /_control/faults` (a plan), `DELETE /_control/faults`, `POST /_control/webhook`,
 * `POST /_control/events`, `GET /_control/counts`, `GET /_control/accepted`.
 */
export async function control(standIn: ResendStandIn, method: string, path: string, body: string): Promise<{ status: number; body: unknown }> {
  switch (`${method} ${path}`) {
    case 'POST /_control/faults':
      standIn.plan(faultPlanSchema.parse(JSON.parse(body)));
      return { status: 200, body: {} };
    case 'DELETE /_control/faults':
      standIn.faults.clear();
      return { status: 200, body: {} };
    case 'POST /_control/webhook':
      standIn.webhook = webhookBody.parse(JSON.parse(body));
      return { status: 200, body: {} };
    case 'POST /_control/events': {
      const { emailId, type, extra } = eventBody.parse(JSON.parse(body));
      return { status: 200, body: { answered: await standIn.report(emailId, type, extra) } };
    }
    case 'GET /_control/counts':
      return { status: 200, body: countsOf(standIn) };
    case 'GET /_control/accepted':
      return { status: 200, body: Object.fromEntries(standIn.store.acceptedByTag('message')) };
    default:
      return { status: 404, body: { message: `There is no ${method} ${path} here.` } };
  }
}

export function countsOf({ requests, store }: ResendStandIn): Counts {
  return {
    requests,
    accepted: store.acceptedCount,
    keysAcceptedTwice: moreThanOnce(store.acceptedByKey()),
    messagesAcceptedTwice: moreThanOnce(store.acceptedByTag('message')),
  };
}

function moreThanOnce(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].filter(([, count]) => count > 1).map(([value]) => value);
}
