import type { Knex } from 'knex';
import { assertNever } from '../../domain/assertNever';
import { recordProviderEvent } from '../../db/mail/recordProviderEvent';
import { announceMail } from '../../db/replies/inbound';
import { readResendEvent } from '../../integrations/mail/resendWebhook';

export interface ResendDelivery {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body exactly as received: the signature is over its bytes. */
  rawBody: string | Buffer;
  /** The endpoint's signing secret, `whsec_…`. */
  secret: string;
}

export type ReceivedEvent =
  /** Answered with 200, since Svix repeats whatever is not: `duplicate` was taken in before, `ignored` is not about a message of ours. */
  | { status: 200; result: 'accepted' | 'duplicate' | 'ignored' }
  /** Not genuine: signature, timestamp or form are wrong. */
  | { status: 401; reason: string };

const results = { recorded: 'accepted', repeated: 'duplicate', unmatched: 'ignored' } as const;

/** Takes in one webhook delivery from Resend. A repeat changes nothing. */
export async function receiveResendEvent(knex: Knex, delivery: ResendDelivery): Promise<ReceivedEvent> {
  const read = readResendEvent(delivery);
  switch (read.kind) {
    case 'refused': return { status: 401, reason: `The delivery was refused: ${read.reason}.` };
    case 'received': return { status: 200, result: (await announceMail(knex, read)) ? 'accepted' : 'duplicate' };
    case 'other': return { status: 200, result: 'ignored' };
    case 'event': return { status: 200, result: results[await recordProviderEvent(knex, read.event)] };
    default: return assertNever(read);
  }
}
