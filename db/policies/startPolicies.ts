import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { policyVersionName } from '../../domain/collection/decideTurn';
import type { Decision, Turn } from '../../domain/collection/decision';
import { planStart, policyStartedBy, startRules } from '../../domain/migration/startPolicy';
import { readFacts, type CollectedInvoice, type CustomerLedger } from '../collection/facts';
import { recordEvents } from '../events';
import { policiesInForce, type PolicyVersion } from './policyVersions';
import { readEarlier, writeMoves, type PlannedMove } from './writeMoves';

interface Start {
  ledger: CustomerLedger;
  decision: Decision;
  collected: CollectedInvoice;
  policy: string;
}

/**
 * Brings invoices under the policies that steps of recorded turns start, in the transaction in which the steps were recorded: each is assigned to the policy, with the step as
 * the reason, and its ladder begins. Answers the ledgers as they are then; those of turns that start none come back as they were given.
 */
export async function startPolicies(trx: Knex.Transaction, ended: readonly { ledger: CustomerLedger; turn: Turn }[], now: InstantMs): Promise<CustomerLedger[]> {
  const starts = ended.flatMap(({ ledger, turn }) => startsOf(ledger, turn));
  if (starts.length === 0) return ended.map(({ ledger }) => ledger);
  const inForce = await policiesInForce(trx, starts.map(({ policy }) => policy));
  const recorded = invoicesOf(await readStarting(trx, starts));
  for (const name of new Set(starts.map(({ policy }) => policy))) {
    const own = starts.filter(({ policy }) => policy === name);
    const version = inForce.get(name);
    // Publishing refuses a policy that starts one of which no version is in force, and one always is from then on.
    if (!version) throw new Error(`Step "${own[0]!.decision.step}" of ${policyVersionName(own[0]!.decision.policy)} starts the policy "${name}", of which no version is in force.`);
    await moveTo(trx, version, own, recorded, now);
  }
  await assign(trx, starts, new Date(now));
  const read = await readStarting(trx, starts);
  const moved = invoicesOf(read);
  // What holds for messages to the customer hangs on the policies of its invoices.
  const rules = new Map(read.map(({ customerId, customer: { contactRules } }) => [customerId, contactRules]));
  return ended.map(({ ledger }) => ({
    ...ledger,
    customer: rules.has(ledger.customerId) ? { ...ledger.customer, contactRules: rules.get(ledger.customerId) ?? null } : ledger.customer,
    collected: ledger.collected.map((each) => moved.get(each.invoiceId) ?? each),
  }));
}

function startsOf(ledger: CustomerLedger, turn: Turn): Start[] {
  return turn.decisions.flatMap((decision) => {
    const policy = policyStartedBy(decision);
    const collected = policy === null ? undefined : ledger.collected.find(({ invoice }) => invoice.id === decision.invoice.id);
    return policy === null || !collected ? [] : [{ ledger, decision, collected, policy }];
  });
}

/** The invoices as the ledger has them now, the decisions of this turn among what is on record of them. */
function readStarting(trx: Knex.Transaction, starts: readonly Start[]): Promise<CustomerLedger[]> {
  const customerIds = [...new Set(starts.map(({ ledger }) => ledger.customerId))];
  return readFacts(trx, customerIds, { kind: 'invoices', invoiceIds: starts.map(({ collected }) => collected.invoiceId) });
}

function invoicesOf(ledgers: readonly CustomerLedger[]): Map<number, CollectedInvoice> {
  return new Map(ledgers.flatMap(({ collected }) => collected.map((each) => [each.invoiceId, each] as const)));
}

async function moveTo(trx: Knex.Transaction, { id, policy }: PolicyVersion, starts: readonly Start[], recorded: ReadonlyMap<number, CollectedInvoice>, now: InstantMs): Promise<void> {
  const earlier = await readEarlier(trx, starts.map(({ collected }) => collected.invoiceId), id);
  const moves = starts.map(({ ledger, collected: { invoiceId, stage }, decision }): PlannedMove => {
    const collected = { ...recorded.get(invoiceId)!, stage };
    const stay = earlier.get(invoiceId) ?? { ids: [], records: [] };
    return { ledger, collected, earlierIds: stay.ids, startedBy: stepName(decision), plan: planStart(ledger.customer, collected, policy, now, stay.records) };
  });
  await writeMoves(trx, { migrationId: null, toVersionId: id, rules: startRules }, moves, now);
}

/** Assigns the policies to the invoices, as a person would, in one statement for all of them; what is assigned already is assigned anew, with this reason. */
async function assign(trx: Knex.Transaction, starts: readonly Start[], at: Date): Promise<void> {
  const told = starts.map(({ collected: { invoiceId, customerId }, decision, policy }) => ({
    invoice_id: invoiceId, customer_id: customerId, policy, by: policyVersionName(decision.policy), reason: `Step ${stepName(decision)}: ${decision.reason}`,
  }));
  const { rows } = await trx.raw<{ rows: { id: number; invoice_id: number; customer_id: number; before: string | null; after: string; reason: string }[] }>(
    `WITH told AS (SELECT t.*, a.policy AS before FROM jsonb_to_recordset(:told) AS t (invoice_id bigint, customer_id bigint, policy text, by text, reason text) LEFT JOIN policy_assignments a ON a.invoice_id = t.invoice_id),
       made AS (INSERT INTO policy_assignments (policy, invoice_id, reason, assigned_by, assigned_at) SELECT policy, invoice_id, reason, by, :at FROM told
         ON CONFLICT (invoice_id) DO UPDATE SET policy = excluded.policy, reason = excluded.reason, assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at),
       noted AS (INSERT INTO policy_assignment_changes (invoice_id, policy_before, policy_after, reason, changed_by, at) SELECT invoice_id, before, policy, reason, by, :at FROM told RETURNING id, invoice_id)
     SELECT noted.id, told.invoice_id, told.customer_id, told.before, told.policy AS after, told.reason FROM noted JOIN told USING (invoice_id) ORDER BY noted.id`,
    { told: JSON.stringify(told), at });
  await recordEvents(trx, rows.map(({ id, invoice_id, customer_id, before, after, reason }) => ({
    kind: 'policy.assigned', key: `${id}/${customer_id}`, customerId: customer_id, invoiceId: invoice_id, at, data: { to: 'invoice', before, after, reason },
  })));
}

function stepName({ policy, step }: Decision): string {
  return `${policyVersionName(policy)}/${step}`;
}
