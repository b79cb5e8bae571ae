import type { Knex } from 'knex';

/** What became of a request whose invoice went to another policy version. */
export const leftPolicy = 'withdrawn: the invoice came to another policy version';

/**
 * Keeps the inbox in step with invoices that go to another policy version: what was asked under the one that is left is asked no more, since no answer would do anything. Where
 * what was decided counts on (`counts`), an invoice that comes back is asked about as before; where its ladder begins anew, the step asks when its day comes.
 */
export async function leavePolicy(trx: Knex.Transaction, invoiceIds: readonly number[], toVersionId: number, counts: boolean): Promise<void> {
  const bindings = { invoiceIds: [...invoiceIds], to: toVersionId, left: leftPolicy };
  await trx.raw(`UPDATE approvals SET state = 'withdrawn', outcome = :left WHERE invoice_id = ANY(:invoiceIds) AND kind <> 'write-off' AND state = 'pending' AND policy_version_id <> :to`, bindings);
  if (counts) await trx.raw(`UPDATE approvals SET state = 'pending', outcome = NULL WHERE invoice_id = ANY(:invoiceIds) AND state = 'withdrawn' AND outcome = :left AND policy_version_id = :to`, bindings);
}
