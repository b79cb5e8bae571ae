import type { Knex } from 'knex';
import { workingRoles } from '../../domain/access/roles';

/** SQL: whether a user, by the alias of its row, is here and may end a task. What is given to another waits with somebody who cannot do it, and nobody else is asked. */
export const worksSql = (user: string): string => `(${user}.active AND ${user}.role IN (${workingRoles.map((role) => `'${role}'`).join(', ')}))`;

/** Why a task cannot be given to one of these people; null where it can to all. */
export async function whyNoWorker(trx: Knex.Transaction, ids: readonly number[]): Promise<string | null> {
  const { rows } = await trx.raw<{ rows: { id: number; name: string; works: boolean }[] }>(`SELECT u.id, u.name, ${worksSql('u')} AS works FROM users u WHERE u.id = ANY (?) AND u.active`, [[...ids]]);
  const stranger = ids.find((id) => !rows.some((row) => row.id === id));
  if (stranger !== undefined) return `There is no active user ${stranger}.`;
  const idle = rows.find(({ works }) => !works);
  return idle ? `${idle.name} may only look, and could not end a task: choose somebody else, or ask an administrator for another role for them.` : null;
}
