import type { Knex } from 'knex';

/** Queues are found by name whatever its case, and those of the policies that come with the product are all there. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE INDEX task_queues_named ON task_queues (lower(name));
    INSERT INTO task_queues (name) SELECT 'Credit' WHERE NOT EXISTS (SELECT FROM task_queues WHERE lower(name) = 'credit');
    -- What waits in a queue that differs in case only has waited without its people and rules.
    UPDATE tasks t SET queue = q.name FROM task_queues q
      WHERE t.state IN ('open', 'claimed') AND lower(t.queue) = lower(q.name) AND NOT EXISTS (SELECT FROM task_queues own WHERE own.name = t.queue);
    -- A name that documents may go on saying, since tasks wait under it.
    INSERT INTO task_queues (name) SELECT DISTINCT ON (lower(queue)) queue FROM tasks t WHERE NOT EXISTS (SELECT FROM task_queues q WHERE lower(q.name) = lower(t.queue)) ORDER BY lower(queue), queue;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX task_queues_named');
}
