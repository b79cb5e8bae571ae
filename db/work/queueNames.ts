import { roles } from '../../domain/access/roles';

/** SQL of the queue that a name in a column means: the one of just this name, else one that differs in case only. A name that is no queue's stays. */
export function queueNamed(column: string): string {
  return `coalesce((SELECT q.name FROM task_queues q WHERE lower(q.name) = lower(${column}) ORDER BY q.name = ${column} DESC, q.name LIMIT 1), ${column})`;
}

/** SQL of whom the name of an audience means: a role, whose account the customer is, else a queue; what is neither, such as an address, stays. */
export function audienceNamed(column: string): string {
  return `CASE WHEN ${column} IN (${[...roles, 'owner'].map((role) => `'${role}'`).join(', ')}) THEN ${column} ELSE ${queueNamed(column)} END`;
}
