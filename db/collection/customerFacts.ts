import type { LocalDate } from '../../domain/calendar/dates';
import type { BehaviourClass, CustomerFacts, CustomValue, Reach } from '../../domain/collection/facts';
import { contactsKept } from '../../domain/contact/history';
import { strictestOf } from '../../domain/contact/strictest';
import type { ContactRole, Policy } from '../../domain/policy/types';

/** A customer as every reader of facts reads it. */
export interface CustomerFactsRow {
  id: number;
  external_id: string;
  time_zone: string;
  country: string | null;
  region: string | null;
  language: string;
  business_unit: string | null;
  tier: string | null;
  terms_days: number | null;
  custom: Record<string, CustomValue>;
  credit_limit_minor: number | null;
  credit_limit_currency: string | null;
  do_not_contact: boolean;
  paused: boolean;
  paused_until: Date | null;
  stopped: boolean;
  ledger_version: number;
  contacts_on: LocalDate[] | null;
  behaviour: BehaviourClass | null;
  segments: string[] | null;
  /** The policy versions by which its open invoices are collected, also where a ladder is at its end. */
  policy_version_ids: number[] | null;
  addresses: number;
  reachable: number;
  reachable_roles: ContactRole[] | null;
}

/** The columns of a CustomerFactsRow, of `customers c` joined with customerFactsJoin. */
export const customerFactsColumns = `c.id, c.external_id, c.time_zone, c.country, c.region, c.language, c.business_unit, c.tier, c.terms_days, c.custom, c.credit_limit_minor, c.credit_limit_currency, c.do_not_contact, c.paused, c.paused_until, c.stopped,
    c.ledger_version,
    (SELECT json_agg(m.contact_on ORDER BY m.contact_on DESC) FROM (
       SELECT contact_on FROM messages WHERE customer_id = c.id AND contact_on IS NOT NULL AND state <> 'cancelled' ORDER BY contact_on DESC LIMIT ${contactsKept}
     ) m) AS contacts_on,
    (SELECT b.class FROM customer_behaviour b WHERE b.customer_id = c.id) AS behaviour,
    (SELECT json_agg(s.key ORDER BY s.key) FROM segment_members g JOIN segments s ON s.id = g.segment_id WHERE g.customer_id = c.id AND NOT s.archived) AS segments,
    (SELECT json_agg(DISTINCT v.policy_version_id) FROM invoices o JOIN collections v ON v.invoice_id = o.id WHERE o.customer_id = c.id AND o.open_minor > 0) AS policy_version_ids,
    a.addresses, a.reachable, a.reachable_roles`;

export const customerFactsJoin = `CROSS JOIN LATERAL (
    SELECT count(*)::int AS addresses, (count(*) FILTER (WHERE s.email IS NULL))::int AS reachable,
      array_agg(DISTINCT k.role) FILTER (WHERE s.email IS NULL) AS reachable_roles
    FROM contacts k LEFT JOIN suppressed_addresses s ON s.email = lower(k.email) WHERE k.customer_id = c.id
  ) a`;

/** The policy versions that customers' rows speak of. */
export function policyVersionsOf(rows: readonly CustomerFactsRow[]): number[] {
  return rows.flatMap(({ policy_version_ids }) => policy_version_ids ?? []);
}

/** `policies`: those of `policyVersionsOf` at least. */
export function customerFacts(row: CustomerFactsRow, policies: ReadonlyMap<number, Policy>): CustomerFacts {
  return {
    id: String(row.id),
    externalId: row.external_id,
    timeZone: row.time_zone,
    country: row.country,
    region: row.region,
    language: row.language,
    businessUnit: row.business_unit,
    tier: row.tier,
    termsDays: row.terms_days,
    custom: row.custom,
    creditLimit: row.credit_limit_minor === null || row.credit_limit_currency === null ? null : { amountMinor: row.credit_limit_minor, currency: row.credit_limit_currency },
    reach: reachOf(row),
    contactRoles: row.reachable_roles ?? [],
    lastContactOn: row.contacts_on?.[0] ?? null,
    contactsOn: row.contacts_on ?? [],
    contactRules: strictestOf((row.policy_version_ids ?? []).map((id) => policies.get(id)!.contact)),
    // Whoever asks nothing of invoices, such as a statement, knows of a stop as of a pause without an end.
    pause: row.stopped ? { until: null } : row.paused ? { until: row.paused_until?.getTime() ?? null } : null,
    ledgerVersion: row.ledger_version,
    segments: row.segments ?? [],
    behaviour: row.behaviour,
  };
}

function reachOf({ do_not_contact, addresses, reachable }: CustomerFactsRow): Reach {
  if (do_not_contact) return { kind: 'unreachable', why: 'do-not-contact' };
  if (addresses === 0) return { kind: 'unreachable', why: 'no-address' };
  return reachable === 0 ? { kind: 'unreachable', why: 'address-suppressed' } : { kind: 'reachable' };
}
