import type { Knex } from 'knex';
import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import { noClaims, noControl, type CustomValue, type InvoiceFacts } from '../../domain/collection/facts';
import type { AccountTotals, ConditionFacts } from '../../domain/condition/catalogue';
import { customerFacts, customerFactsColumns, customerFactsJoin, type CustomerFactsRow } from '../collection/customerFacts';

/** A customer as a condition on customers is evaluated on in memory. */
export interface CustomerAccount {
  customerId: number;
  name: string;
  facts: ConditionFacts & Required<Pick<ConditionFacts, 'account'>>;
}

interface Row extends CustomerFactsRow {
  name: string;
  unapplied: { currency: string; minor: number }[] | null;
  invoices: InvoiceRow[] | null;
}

interface InvoiceRow {
  id: number;
  external_id: string;
  issued_on: LocalDate;
  due_on: LocalDate;
  currency: string;
  total_minor: number;
  open_minor: number;
  type: string;
  business_unit: string | null;
  custom: Record<string, CustomValue>;
  paused: boolean;
  paused_until: string | null;
  stopped: boolean;
  grace_days: number | null;
}

/** Reads customers with all that they owe, the invoices by due date; in the order of their ids. */
export async function readAccounts(db: Knex, customerIds: readonly number[], now: InstantMs): Promise<CustomerAccount[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await db.raw<{ rows: Row[] }>(accountsSql, { customerIds: [...customerIds] });
  return rows.map((row) => accountOf(row, now));
}

const accountsSql = `
  SELECT c.name, ${customerFactsColumns},
    (SELECT json_agg(json_build_object('currency', u.currency, 'minor', u.minor)) FROM (
       SELECT currency, sum(unapplied_minor)::bigint AS minor FROM (
         SELECT currency, unapplied_minor FROM payments WHERE customer_id = c.id AND unapplied_minor > 0
         UNION ALL SELECT currency, unapplied_minor FROM credit_notes WHERE customer_id = c.id AND unapplied_minor > 0) every GROUP BY currency) u) AS unapplied,
    (SELECT json_agg(json_build_object('id', i.id, 'external_id', i.external_id, 'issued_on', i.issued_on, 'due_on', i.due_on, 'currency', i.currency, 'total_minor', i.total_minor,
         'open_minor', i.open_minor, 'type', i.type, 'business_unit', i.business_unit, 'custom', i.custom, 'paused', coalesce(k.paused, false), 'paused_until', k.paused_until,
         'stopped', coalesce(k.stopped, false), 'grace_days', coalesce(i.grace_days, c.grace_days)) ORDER BY i.due_on, i.external_id COLLATE "C")
       FROM invoices i LEFT JOIN collections k ON k.invoice_id = i.id WHERE i.customer_id = c.id AND i.open_minor > 0) AS invoices
  FROM customers c ${customerFactsJoin}
  WHERE c.id = ANY(:customerIds) ORDER BY c.id`;

function accountOf(row: Row, now: InstantMs): CustomerAccount {
  const totals: Record<string, AccountTotals> = {};
  const today = localDateAt(now, row.time_zone);
  const total = (currency: string): AccountTotals => (totals[currency] ??= { openMinor: 0, overdueMinor: 0, unappliedMinor: 0 });
  const rows = row.invoices ?? [];
  for (const { currency, minor } of row.unapplied ?? []) totals[currency] = { ...total(currency), unappliedMinor: minor };
  const before = new Map<string, number>();
  const credits = rows.map(({ currency, open_minor, due_on }) => {
    const earlier = before.get(currency) ?? 0;
    before.set(currency, earlier + open_minor);
    const { openMinor, overdueMinor, unappliedMinor } = total(currency);
    totals[currency] = { openMinor: openMinor + open_minor, overdueMinor: overdueMinor + (due_on < today ? open_minor : 0), unappliedMinor };
    // Money that is not put to an invoice covers the oldest due first: the rule of db/collection/facts.
    return Math.min(open_minor, Math.max(0, unappliedMinor - earlier));
  });
  const invoices = rows.map((invoice, index) => invoiceFacts(invoice, credits[index] ?? 0, total(invoice.currency)));
  return { customerId: row.id, name: row.name, facts: { customer: customerFacts(row), invoice: null, today, account: { totals, invoices } } };
}

function invoiceFacts(row: InvoiceRow, creditMinor: number, { openMinor, unappliedMinor }: AccountTotals): InvoiceFacts {
  const pause = row.paused ? { until: row.paused_until === null ? null : Date.parse(row.paused_until) } : null;
  return {
    id: String(row.id), externalId: row.external_id, issuedOn: row.issued_on, dueOn: row.due_on, currency: row.currency, totalMinor: row.total_minor,
    openMinor: row.open_minor, creditMinor, customerBalanceMinor: openMinor - unappliedMinor, graceDays: row.grace_days, documentState: 'issued', type: row.type, businessUnit: row.business_unit,
    custom: row.custom, control: { ...noControl, pause, stopped: row.stopped }, progress: [], holds: [],
    // A segment goes by what the ledger says is owed, be it promised or disputed.
    ...noClaims,
  };
}
