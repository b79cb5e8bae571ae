import type { Knex } from 'knex';
import type { AutomationAction } from '../../domain/automation/types';
import { defaultMoveRules } from '../../domain/migration/moveRules';
import { assignPolicy, AssignmentError } from '../policies/assignments';
import { requestMigration } from '../policies/migrations';
import { actorOf, type Acting, type DoneAction } from './acting';

/**
 * Puts the invoice, or all that its customer owes, under another policy: an assignment with its reason, and a move of what is under way on which what was done counts. Where
 * that policy is assigned already nothing is written, so that an automation which fires again moves nobody again.
 */
export async function startPolicy(trx: Knex.Transaction, acting: Acting, { policy, of }: Extract<AutomationAction, { kind: 'assign-policy' }>): Promise<DoneAction> {
  const { automation, customerId, candidate, reason, now } = acting;
  const withheld = (detail: string): DoneAction => ({ kind: 'assign-policy', outcome: 'withheld', detail });
  if (of === 'invoice' && candidate === null) return withheld('nothing is open');
  const target = of === 'invoice' && candidate ? { kind: 'invoice' as const, id: candidate.invoiceId } : { kind: 'customer' as const, id: customerId };
  const { rows: [assigned] } = await trx.raw<{ rows: { policy: string }[] }>(`SELECT policy FROM policy_assignments WHERE ${of}_id = ?`, [target.id]);
  if (assigned?.policy === policy) return withheld(`${policy} is assigned already`);
  const why = `Automation ${automation}: ${reason}`.slice(0, 500);
  try {
    await assignPolicy(trx, actorOf(acting), { policy, target, priority: null, reason: why, at: new Date(now) });
  } catch (error) {
    if (!(error instanceof AssignmentError)) throw error;
    return withheld(error.message);
  }
  const { rows: [version] } = await trx.raw<{ rows: { id: number }[] }>('SELECT id FROM policy_versions WHERE policy = ? AND in_force', [policy]);
  const moved = version ? await requestMigration(trx, actorOf(acting), { toVersionId: version.id, scope: target, rules: defaultMoveRules, reason: why, now }) : null;
  return { kind: 'assign-policy', outcome: 'done', detail: `${policy} for the ${of}; ${moved ? `${moved.total} under way to be moved` : 'nothing under way to be moved'}` };
}
