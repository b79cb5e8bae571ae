import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { decideMember, type MemberDecision } from '../../domain/segment/decideMember';
import { statementOf, type SegmentRun } from '../../domain/segment/types';
import { standingOf } from '../../domain/statement/makeStatement';
import type { StatementContent } from '../../domain/statement/types';
import { readAccounts, type CustomerAccount } from '../conditions/readAccounts';
import { writeStatements } from '../statements/statements';

export interface MemberDecided {
  account: CustomerAccount;
  decision: MemberDecision;
  /** What its statement tells, where the run sends one. */
  statement: StatementContent | null;
}

const hasLeft: MemberDecision = { kind: 'suppress', code: 'condition', reason: 'the customer left the segment before it could be sent' };

/** What a run comes to for some customers, as the ledger is now: what a run does, and what its preview shows. */
export async function decideMembers(db: Knex, segmentId: number, run: SegmentRun, customerIds: readonly number[], now: InstantMs): Promise<MemberDecided[]> {
  const accounts = await readAccounts(db, customerIds, now);
  const members = new Set(await db<{ segment_id: number; customer_id: number }>('segment_members').where({ segment_id: segmentId }).whereIn('customer_id', [...customerIds]).pluck('customer_id'));
  const statements = statementOf(run) ? await writeStatements(db, accounts.map(({ customerId, facts }) => ({ customerId, today: facts.today }))) : null;
  return accounts.map((account) => {
    const statement = statements?.get(account.customerId) ?? null;
    const decision = members.has(account.customerId) ? decideMember(run, account.facts, now, statement && standingOf(statement)) : hasLeft;
    return { account, decision, statement };
  });
}
