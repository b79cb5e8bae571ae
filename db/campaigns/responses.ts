import type { Knex } from 'knex';
import type { Response } from '../../domain/campaign/decideMember';

/** SQL of how a member has answered since it joined, as the events tell: an array of responses, empty where it has not. `member` is an alias of its row of `campaign_members`. */
export function responsesSql(member: string): string {
  return `ARRAY(
    SELECT DISTINCT CASE e.kind WHEN 'payment.received' THEN 'paid' WHEN 'promise.made' THEN 'promised' WHEN 'dispute.opened' THEN 'disputed' ELSE 'replied' END
    FROM events e WHERE e.customer_id = ${member}.customer_id AND e.id > ${member}.joined_after_event AND e.kind IN ('payment.received', 'promise.made', 'dispute.opened', 'email.replied'))`;
}

/** Those of these messages that are of a campaign to which their customer has answered since it joined, with one of the ways in which it has: who has answered is left alone. */
export async function readResponses(trx: Knex, messageIds: readonly string[]): Promise<Map<string, Response>> {
  if (messageIds.length === 0) return new Map();
  const { rows } = await trx.raw<{ rows: { id: string; responses: Response[] }[] }>(
    `SELECT a.message_id AS id, ${responsesSql('m')} AS responses FROM campaign_acts a JOIN campaign_members m ON m.run_id = a.run_id AND m.customer_id = a.customer_id WHERE a.message_id = ANY (?)`, [[...messageIds]]);
  return new Map(rows.flatMap(({ id, responses: [first] }) => (first === undefined ? [] : [[id, first]])));
}
