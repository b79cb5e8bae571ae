import type { Knex } from 'knex';
import { creditsOf, type Coverable } from '../../domain/collection/unapplied';
import { prepared } from '../prepared';

/** What a customer owes in a currency, and the cash and credit that are put to no invoice. */
export interface CurrencyMoney {
  openMinor: number;
  unappliedMinor: number;
  /** What of the open invoices that money covers, by their external ids; nothing of those that are not there. */
  credits: ReadonlyMap<string, number>;
}

const nothing: CurrencyMoney = { openMinor: 0, unappliedMinor: 0, credits: new Map() };

/** The money of customers, by customer and currency. */
export class CustomersMoney {
  private readonly byCustomer = new Map<number, Map<string, CurrencyMoney>>();

  constructor(rows: readonly Row[]) {
    for (const { customer_id, currency, open_minor, unapplied_minor, invoices } of rows) {
      let money = this.byCustomer.get(customer_id);
      if (!money) this.byCustomer.set(customer_id, (money = new Map()));
      money.set(currency, { openMinor: open_minor, unappliedMinor: unapplied_minor, credits: creditsOf(invoices ?? [], unapplied_minor) });
    }
  }

  of(customerId: number, currency: string): CurrencyMoney {
    return this.byCustomer.get(customerId)?.get(currency) ?? nothing;
  }

  /** Cash and credit that a customer has in hand, by currency: those in which it owes something included. */
  unappliedOf(customerId: number): Record<string, number> {
    return Object.fromEntries([...(this.byCustomer.get(customerId) ?? [])].map(([currency, { unappliedMinor }]) => [currency, unappliedMinor]));
  }
}

interface Row {
  customer_id: number;
  currency: string;
  open_minor: number;
  unapplied_minor: number;
  /** All that are open, where there is money that may cover them. */
  invoices: Coverable[] | null;
}

/** Reads what customers owe and have in hand, over all their open invoices, whichever of those are asked about. */
export async function readMoney(db: Knex, customerIds: readonly number[]): Promise<CustomersMoney> {
  const { rows } = await prepared<Row>(db, moneySql, { customerIds: [...customerIds] });
  return new CustomersMoney(rows);
}

const moneySql = `
  WITH money AS (
    SELECT customer_id, currency, sum(open_minor)::bigint AS open_minor, sum(unapplied_minor)::bigint AS unapplied_minor FROM (
      SELECT customer_id, currency, open_minor, 0::bigint AS unapplied_minor FROM invoices WHERE customer_id = ANY(:customerIds) AND open_minor > 0
      UNION ALL SELECT customer_id, currency, 0, unapplied_minor FROM payments WHERE customer_id = ANY(:customerIds) AND unapplied_minor > 0
      UNION ALL SELECT customer_id, currency, 0, unapplied_minor FROM credit_notes WHERE customer_id = ANY(:customerIds) AND unapplied_minor > 0
    ) every GROUP BY customer_id, currency
  )
  SELECT m.customer_id, m.currency, m.open_minor, m.unapplied_minor, o.invoices
  FROM money m LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('externalId', i.external_id, 'dueOn', i.due_on, 'openMinor', i.open_minor)) AS invoices
    FROM invoices i WHERE m.unapplied_minor > 0 AND i.customer_id = m.customer_id AND i.currency = m.currency AND i.open_minor > 0
  ) o ON true`;
