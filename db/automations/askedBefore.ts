import type { Knex } from 'knex';
import type { Automation, TriggeringEvent } from '../../domain/automation/types';
import type { EventData, EventKind } from '../../domain/events/kinds';
import type { Condition } from '../../domain/policy/types';
import { firingOf } from '../events/depth';

/** The condition on which an automation wrote, and the event that it is asked of. */
export interface AskedBefore {
  when: Condition;
  event: TriggeringEvent;
}

interface Row {
  id: number;
  parsed: Automation;
  kind: EventKind;
  at: Date;
  depth: number;
  data: EventData;
}

/** The conditions on which automations wrote messages, by message. Nothing else that the same firing does changes what a condition can ask: a charge is no part of a balance. */
export async function readAskedBefore(trx: Knex, messages: readonly { id: string; idempotency_key: string }[]): Promise<Map<string, AskedBefore>> {
  const byFiring = new Map(messages.flatMap(({ id, idempotency_key: key }) => {
    const firing = firingOf(key);
    return firing === null ? [] : [[firing, id] as const];
  }));
  if (byFiring.size === 0) return new Map();
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `SELECT f.id, v.parsed, e.kind, e.at, e.depth, e.data FROM automation_firings f JOIN automation_versions v ON v.id = f.version_id JOIN events e ON e.id = f.event_id WHERE f.id = ANY (?)`, [[...byFiring.keys()]]);
  return new Map(rows.flatMap(({ id, parsed: { when }, kind, at, depth, data }): [string, AskedBefore][] => (
    when === null ? [] : [[byFiring.get(id)!, { when, event: { kind, at: at.getTime(), depth, data } }]])));
}
