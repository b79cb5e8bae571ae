import type { Knex } from 'knex';

/**
 * Locks customers, in the order of their ids. Money moves only between records of one customer, so whoever holds the customer's
 * row is alone with that customer's balances.
 */
export async function lockCustomersOf(trx: Knex.Transaction, customerIds: readonly number[]): Promise<void> {
  if (!customerIds.length) return;
  await trx('customers').whereIn('id', [...new Set(customerIds)]).orderBy('id').forNoKeyUpdate().select('id');
}
