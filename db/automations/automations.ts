import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import type { AutomationDocument } from '../../domain/automation/schema';
import type { Automation } from '../../domain/automation/types';
import { closeFiringRequests } from '../approvals';
import { appendAudit, type Actor } from '../audit';
import { forgetDays, listenToDays } from '../events/timeEvents';

export class AutomationError extends Error {
  override name = 'AutomationError';
}

export interface NewVersion {
  document: AutomationDocument;
  automation: Automation;
}

/** Creates an automation, switched off. Throws AutomationError when the key is taken. */
export async function createAutomation(trx: Knex.Transaction, actor: Actor, key: string, version: NewVersion, now: InstantMs): Promise<number> {
  const [row] = await trx('automations').insert({ key, created_at: new Date(now), created_by: actor.name }).onConflict('key').ignore().returning<{ id: number }[]>('id');
  if (!row) throw new AutomationError(`There is an automation "${key}" already.`);
  await addVersion(trx, actor, { id: row.id, key }, version, now);
  return row.id;
}

/** Saves an edit as the next version; where the automation is on, the new version takes over from here on. Null when there is none of that id. */
export async function editAutomation(trx: Knex.Transaction, actor: Actor, id: number, version: NewVersion, now: InstantMs): Promise<number | null> {
  const found = await lock(trx, id);
  if (!found) return null;
  const versionId = await addVersion(trx, actor, found, version, now);
  if (found.active_version_id !== null) await activate(trx, id, versionId, version.automation, now);
  else await trx('automations').where({ id }).update({ row_version: trx.raw('row_version + 1') });
  return id;
}

/** Switches an automation on in its newest version, or off. What waits to fire for a customer then, in whatever version, never does, and says why. */
export async function switchAutomation(trx: Knex.Transaction, actor: Actor, id: number, on: boolean, now: InstantMs): Promise<number | null> {
  const found = await lock(trx, id);
  if (!found) return null;
  const newest = await trx('automation_versions').where({ automation_id: id }).orderBy('version', 'desc').first<{ id: number; version: number; parsed: Automation }>('id', 'version', 'parsed');
  if (on) await activate(trx, id, newest.id, newest.parsed, now);
  else {
    await trx('automations').where({ id }).update({ active_version_id: null, row_version: trx.raw('row_version + 1') });
    const reason = `${switchedOff}, by ${actor.name}`;
    const stopped = await trx('automation_firings').where({ automation_id: id, state: 'waiting' }).update(suppressed(reason, now)).returning<{ id: number }[]>('id');
    await closeFiringRequests(trx, stopped.map((firing) => firing.id), { state: 'withdrawn', outcome: `not done: ${reason}` });
    await forgetDays(trx);
  }
  await appendAudit(trx, [{ actor, action: on ? 'automation.switched-on' : 'automation.switched-off', subjectType: 'automation', subjectId: found.key, after: { version: newest.version } }]);
  return id;
}

/** Why a firing of an automation that is off does not come about. */
export const switchedOff = 'the automation was switched off before it could fire';

/** A firing that a person has stopped. */
export function suppressed(reason: string, now: InstantMs): { state: 'suppressed'; reason: string; decided_at: Date; retry_at: null } {
  return { state: 'suppressed', reason, decided_at: new Date(now), retry_at: null };
}

async function lock(trx: Knex.Transaction, id: number): Promise<{ id: number; key: string; active_version_id: number | null } | undefined> {
  return trx('automations').where({ id }).forUpdate().first<{ id: number; key: string; active_version_id: number | null } | undefined>('id', 'key', 'active_version_id');
}

async function addVersion(trx: Knex.Transaction, actor: Actor, { id, key }: { id: number; key: string }, { document, automation }: NewVersion, now: InstantMs): Promise<number> {
  const { rows: [row] } = await trx.raw<{ rows: { id: number; version: number }[] }>(
    `INSERT INTO automation_versions (automation_id, version, trigger_kind, trigger_days, document, parsed, created_at, created_by)
     SELECT :id, coalesce(max(version), 0) + 1, :kind, :days, :document, :parsed, :at, :by FROM automation_versions WHERE automation_id = :id RETURNING id, version`,
    { id, kind: automation.trigger.kind, days: automation.trigger.days, document: JSON.stringify(document), parsed: JSON.stringify(automation), at: new Date(now), by: actor.name });
  if (!row) throw new Error(`No version of automation ${key} was written.`);
  await appendAudit(trx, [{ actor, action: 'automation.edited', subjectType: 'automation', subjectId: key, after: { version: row.version, document } }]);
  return row.id;
}

async function activate(trx: Knex.Transaction, id: number, versionId: number, { trigger }: Automation, now: InstantMs): Promise<void> {
  await trx('automations').where({ id }).update({ active_version_id: versionId, row_version: trx.raw('row_version + 1') });
  await forgetDays(trx);
  if (trigger.kind === 'invoice.due') await listenToDays(trx, [0], now);
  if (trigger.kind === 'invoice.overdue' && trigger.days !== null) await listenToDays(trx, [trigger.days], now);
}
