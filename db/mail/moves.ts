import type { Knex } from 'knex';
import { statesBefore, type MessageState } from './states';

/** What may be written along with a change of state. */
export interface MoveDetails {
  state_reason?: string | null;
  provider?: string;
  provider_id?: string;
  sent_at?: Date;
}

/** Moves a message to a state if it may go there from the one it is in; answers whether it did. */
export async function moveMessage(trx: Knex.Transaction, messageId: string, to: MessageState, details: MoveDetails = {}): Promise<boolean> {
  const moved = await trx('messages')
    .where({ id: messageId })
    .whereIn('state', statesBefore(to))
    .update({ state: to, ...details, updated_at: trx.fn.now() });
  return moved === 1;
}

/** The provider has certainly not taken the message: it is as if it had never been offered, and will be put into words afresh. */
export async function returnToQueue(trx: Knex.Transaction, messageId: string, reason: string): Promise<void> {
  await trx('messages')
    .where({ id: messageId })
    .whereIn('state', statesBefore('queued'))
    .update({
      state: 'queued', state_reason: reason, first_attempt_at: null, provider: null,
      payload: null, subject: null, html: null, body_text: null, attachments: '[]', rendered_version: null, updated_at: trx.fn.now(),
    });
}

/** Notes on a message that stays where it is why it is not further. */
export async function noteReason(trx: Knex.Transaction, messageId: string, reason: string): Promise<void> {
  await trx('messages').where({ id: messageId }).whereIn('state', ['queued', 'sending']).update({ state_reason: reason, updated_at: trx.fn.now() });
}
