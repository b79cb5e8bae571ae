import type { Knex } from 'knex';
import { recordEvents } from '../events';
import { nowSql } from '../readmodels/clockSql';

interface Crossing {
  customerId: number;
  externalId: string;
  ledgerVersion: number;
  balanceMinor: number;
  limitMinor: number;
  currency: string;
  at: Date | null;
}

/**
 * Notes which of the customers that a query yields owe more than their credit limit now, in the limit's currency and less what they have unapplied, and which no longer do.
 * Passing the limit is an event, told once until the balance has been at or under it again.
 */
export async function watchCreditLimits(trx: Knex.Transaction, customersSelect: string, bindings: readonly Knex.RawBinding[]): Promise<void> {
  const { rows } = await trx.raw<{ rows: Crossing[] }>(
    `WITH balances AS (
       SELECT c.id, b.balance_minor FROM customers c
       CROSS JOIN LATERAL (SELECT (
         coalesce((SELECT sum(open_minor) FROM invoices i WHERE i.customer_id = c.id AND i.open_minor > 0 AND i.currency = c.credit_limit_currency), 0)
         - coalesce((SELECT sum(unapplied_minor) FROM payments p WHERE p.customer_id = c.id AND p.unapplied_minor > 0 AND p.currency = c.credit_limit_currency), 0)
         - coalesce((SELECT sum(unapplied_minor) FROM credit_notes n WHERE n.customer_id = c.id AND n.unapplied_minor > 0 AND n.currency = c.credit_limit_currency), 0))::bigint AS balance_minor) b
       WHERE (c.credit_limit_minor IS NOT NULL OR c.limit_exceeded_at IS NOT NULL) AND c.id IN (${customersSelect})
     )
     UPDATE customers c SET limit_exceeded_at = CASE WHEN c.limit_exceeded_at IS NULL THEN ${nowSql} END
     FROM balances b WHERE b.id = c.id AND coalesce(b.balance_minor > c.credit_limit_minor, false) <> (c.limit_exceeded_at IS NOT NULL)
     RETURNING c.id AS "customerId", c.external_id AS "externalId", c.ledger_version AS "ledgerVersion", b.balance_minor AS "balanceMinor",
       c.credit_limit_minor AS "limitMinor", c.credit_limit_currency AS currency, c.limit_exceeded_at AS at`,
    bindings as Knex.RawBinding[],
  );
  await recordEvents(trx, rows.flatMap(({ customerId, externalId, ledgerVersion, balanceMinor, limitMinor, currency, at }) => (at === null ? [] : [{
    kind: 'limit.exceeded' as const, key: `${externalId}/${ledgerVersion}`, customerId, invoiceId: null, at, data: { balanceMinor, limitMinor, currency },
  }])));
}
