import type { Knex } from 'knex';

/** A customer's timeline tells of discounts that are taken back, as of those that are taken. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`CREATE INDEX events_discount_taken_back ON events (customer_id, at) WHERE kind = 'discount.taken-back'`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX events_discount_taken_back');
}
