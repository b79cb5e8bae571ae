import type { Knex } from 'knex';
import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import { claimsWithin } from '../../domain/collection/claims';
import { noClaims, noControl, type Claims, type CustomValue, type InvoiceFacts } from '../../domain/collection/facts';
import { totalsOf, type ConditionFacts } from '../../domain/condition/account';
import { everything } from '../../domain/condition/asked';
import type { Policy } from '../../domain/policy/types';
import { readAsked, type AskedFacts } from '../collection/asked';
import { readClaims } from '../collection/claims';
import { readMoney, type CurrencyMoney, type CustomersMoney } from '../collection/money';
import { customerFacts, customerFactsColumns, customerFactsJoin, policyVersionsOf, type CustomerFactsRow } from '../collection/customerFacts';
import { loadPolicyVersions } from '../policies';

/** A customer as a condition on customers is evaluated on in memory. */
export interface CustomerAccount {
  customerId: number;
  name: string;
  facts: ConditionFacts & Required<Pick<ConditionFacts, 'account'>>;
}

interface Row extends CustomerFactsRow {
  name: string;
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
  const money = await readMoney(db, customerIds);
  const claims = await readClaims(db, customerIds);
  const policies = await loadPolicyVersions(db, policyVersionsOf(rows));
  const asked = await readAsked(db, customerIds, askedOfAccounts, money, claims);
  return rows.map((row) => accountOf(row, { policies, money, claims, asked, now }));
}

const accountsSql = `
  SELECT c.name, ${customerFactsColumns},
    (SELECT json_agg(json_build_object('id', i.id, 'external_id', i.external_id, 'issued_on', i.issued_on, 'due_on', i.due_on, 'currency', i.currency, 'total_minor', i.total_minor,
         'open_minor', i.open_minor, 'type', i.type, 'business_unit', i.business_unit, 'custom', i.custom, 'paused', coalesce(k.paused, false), 'paused_until', k.paused_until,
         'stopped', c.stopped OR coalesce(k.stopped, false), 'grace_days', coalesce(i.grace_days, c.grace_days)) ORDER BY i.due_on, i.external_id COLLATE "C")
       FROM invoices i LEFT JOIN collections k ON k.invoice_id = i.id WHERE i.customer_id = c.id AND i.open_minor > 0) AS invoices
  FROM customers c ${customerFactsJoin}
  WHERE c.id = ANY(:customerIds) ORDER BY c.id`;

interface Around {
  policies: ReadonlyMap<number, Policy>;
  money: CustomersMoney;
  claims: ReadonlyMap<number, Claims>;
  asked: AskedFacts;
  now: InstantMs;
}

/** What a customer owes is read in any case. */
const askedOfAccounts = new Set([...everything].filter((fact) => fact !== 'owes'));

function accountOf(row: Row, { policies, money, claims, asked, now }: Around): CustomerAccount {
  const today = localDateAt(now, row.time_zone);
  const invoices = (row.invoices ?? []).map((invoice) => invoiceFacts(invoice, money.of(row.id, invoice.currency), claims.get(invoice.id) ?? noClaims, asked));
  const totals = totalsOf({ open: invoices, unapplied: money.unappliedOf(row.id) }, today);
  return { customerId: row.id, name: row.name, facts: { customer: { ...customerFacts(row, policies), ...asked.of(row.id) }, invoice: null, today, account: { totals, invoices } } };
}

function invoiceFacts(row: InvoiceRow, { openMinor, unappliedMinor, credits }: CurrencyMoney, claims: Claims, asked: AskedFacts): InvoiceFacts {
  const pause = row.paused ? { until: row.paused_until === null ? null : Date.parse(row.paused_until) } : null;
  return {
    id: String(row.id), externalId: row.external_id, issuedOn: row.issued_on, dueOn: row.due_on, currency: row.currency, totalMinor: row.total_minor, openMinor: row.open_minor,
    ...claimsWithin(row.open_minor, claims), creditMinor: credits.get(row.external_id) ?? 0, customerBalanceMinor: openMinor - unappliedMinor, graceDays: row.grace_days,
    documentState: 'issued', type: row.type, businessUnit: row.business_unit, custom: row.custom, control: { ...noControl, pause, stopped: row.stopped }, progress: [], holds: [], ...asked.ofInvoice(row.id),
  };
}
