import type { Knex } from 'knex';

/** The firing whose email this is: part of the message's key, so that what comes of the message is known to follow from it. */
export function automationMessageKey(automation: string, firingId: number): string {
  return `automation:${automation}/${firingId}`;
}
const messageKey = /^automation:[a-z0-9-]+\/(\d+)$/;

/** The firing whose email a message is, by its key; null: it is no automation's. */
export function firingOf(idempotencyKey: string): number | null {
  const id = messageKey.exec(idempotencyKey)?.[1];
  return id === undefined ? null : Number(id);
}

/** All events that this transaction writes from here on follow from so many automations. The column's default reads it, so none can be written without. */
export async function setDepth(trx: Knex.Transaction, depth: number): Promise<void> {
  await trx.raw(`SELECT set_config('dunwell.event_depth', ?, true)`, [String(depth)]);
}

/** What a customer does with an automation's email follows from that automation: mail clients open every message by themselves. */
export async function continueDepth(trx: Knex.Transaction, idempotencyKey: string): Promise<void> {
  const firing = firingOf(idempotencyKey);
  if (firing === null) return;
  const { rows: [event] } = await trx.raw<{ rows: { depth: number }[] }>('SELECT e.depth FROM automation_firings f JOIN events e ON e.id = f.event_id WHERE f.id = ?', [firing]);
  if (event) await setDepth(trx, event.depth + 1);
}
