import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { statesBefore } from './states';
import { withdrawMailTasks } from './tasks';

/** A provider's word that it has taken a message, or that it has arrived. */
export interface Acceptance {
  messageId: string;
  providerId: string;
  state: 'sent' | 'delivered';
  note: string | null;
}

/** Records what a provider has taken. Its own event may have come before its answer; then it has said more than we would, and the state stays. */
export async function recordAccepted(trx: Knex.Transaction, provider: string, acceptances: readonly Acceptance[], now: InstantMs): Promise<void> {
  const rows = acceptances.map(({ messageId, providerId, state, note }) => ({ id: messageId, provider_id: providerId, state, note, before: statesBefore(state) }));
  await trx.raw(
    `UPDATE messages m SET
       state = CASE WHEN m.state = ANY(a.before) THEN a.state ELSE m.state END,
       state_reason = CASE WHEN m.state = ANY(a.before) THEN a.note ELSE m.state_reason END,
       provider = :provider, provider_id = a.provider_id, sent_at = :now, updated_at = now()
     FROM jsonb_to_recordset(:rows::jsonb) AS a (id uuid, provider_id text, state text, note text, before text[])
     WHERE m.id = a.id AND (m.state = ANY(a.before) OR m.provider_id IS NULL)`,
    { provider, now: new Date(now), rows: JSON.stringify(rows) },
  );
  await withdrawMailTasks(trx, acceptances.map(({ messageId }) => messageId), 'unknown', now);
}
