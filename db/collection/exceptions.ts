import type { Knex } from 'knex';
import type { DecidedAction, HoldRecord } from '../../domain/collection/facts';
import type { EventFacts } from '../../domain/events/kinds';
import type { ReleaseNotice } from '../../domain/policy/types';
import { prepared } from '../prepared';
import { ms } from './instants';

type AutomationsHold = NonNullable<HoldRecord['automation']>;

/** What is on record of few invoices: that people or automations stepped in. Each list in the order in which it came about; one that would be empty is not there. */
export interface Exceptions {
  holds?: [step: string | null, releasedAt: number | null, releasedBy: string | null, byAutomation: boolean, kind: AutomationsHold['hold'], when: AutomationsHold['when'], event: EventFacts | null, releaseNotice: ReleaseNotice | null, isReleaseTold: boolean][];
  approvals?: [step: string, action: DecidedAction, occurrence: number, approved: boolean, by: string, reason: string | null][];
  /** Policies to which a step brought the invoice. */
  startedPolicies?: string[];
  controls?: [kind: 'skip-step' | 'send-now', step: string, at: number][];
}

/** Reads the exceptions of invoices, by invoice. All are looked for at once: each list by itself would be looked for in vain for nearly every invoice. */
export async function readExceptions(db: Knex, invoiceIds: readonly number[]): Promise<Map<number, Exceptions>> {
  const byInvoice = new Map<number, Exceptions>();
  if (invoiceIds.length === 0) return byInvoice;
  const { rows } = await prepared<{ kind: keyof Exceptions; invoice_id: number; told: never }>(db, exceptionsSql, { invoiceIds: [...invoiceIds] });
  for (const { kind, invoice_id, told } of rows) {
    const exceptions = byInvoice.get(invoice_id) ?? {};
    exceptions[kind] = told;
    byInvoice.set(invoice_id, exceptions);
  }
  return byInvoice;
}

/** Of a hold that an automation placed, the event that set it off: its key names the firing. */
const eventSql = `CASE WHEN v.id IS NOT NULL THEN (
    SELECT json_build_object('kind', e.kind, 'data', e.data) FROM automation_firings f JOIN events e ON e.id = f.event_id WHERE f.id = substring(h.step FROM '^automation:[a-z0-9-]+/([0-9]+)/')::bigint) END`;

/** How the release of such a hold is told: its key names the action of the version. And whether it has been, under whatever policy version the invoice was then. */
const releaseNoticeSql = `CASE WHEN v.id IS NOT NULL THEN v.parsed #> ARRAY['actions', (substring(h.step FROM '/([0-9]+)-hold$')::integer - 1)::text, 'releaseNotice'] END`;
const isReleaseToldSql = `v.id IS NOT NULL AND h.released_at IS NOT NULL AND EXISTS (SELECT FROM decisions d WHERE d.invoice_id = h.invoice_id AND d.step = h.step AND d.action = 'release-notice')`;

const exceptionsSql = `
  SELECT 'holds' AS kind, h.invoice_id, json_agg(json_build_array(h.step, ${ms('h.released_at')}, h.released_by, v.id IS NOT NULL, h.kind, v.parsed -> 'when', ${eventSql}, ${releaseNoticeSql}, ${isReleaseToldSql}) ORDER BY h.id) AS told
    FROM holds h LEFT JOIN automation_versions v ON v.id = h.automation_version_id WHERE h.invoice_id = ANY(:invoiceIds) GROUP BY h.invoice_id
  UNION ALL SELECT 'approvals', a.invoice_id, json_agg(json_build_array(a.step, a.kind, a.occurrence, a.state = 'approved', a.answered_by_name, a.answer) ORDER BY a.id)
    FROM approvals a JOIN collections c ON c.invoice_id = a.invoice_id AND c.policy_version_id = a.policy_version_id
    WHERE a.invoice_id = ANY(:invoiceIds) AND a.state IN ('approved', 'refused') GROUP BY a.invoice_id
  UNION ALL SELECT 'startedPolicies', m.invoice_id, json_agg(v.policy ORDER BY m.id)
    FROM policy_moves m JOIN policy_versions v ON v.id = m.to_version_id WHERE m.invoice_id = ANY(:invoiceIds) AND m.started_by IS NOT NULL GROUP BY m.invoice_id
  UNION ALL SELECT 'controls', k.invoice_id, json_agg(json_build_array(k.kind, k.step_now, ${ms('k.at')}) ORDER BY k.id)
    FROM collection_controls k WHERE k.invoice_id = ANY(:invoiceIds) AND k.step_now IS NOT NULL GROUP BY k.invoice_id`;
