import { answerApproval, ApprovalError, requestWriteOff } from '../../db/approvals';
import { findApproval, listApprovals } from '../../db/readmodels/approvals';
import type { approvalContracts } from '../contracts/approvals';
import type { Contract } from '../contracts/contract';
import type { Call, Handlers } from '../http/call';
import type { Identity } from '../http/identity';
import { conflict, notFound } from '../http/problem';
import { now } from './ledgerContext';
import { paged } from './paging';

export const approvalHandlers: Handlers<typeof approvalContracts> = {
  listApprovals: async ({ db, query }) => paged(query, query.sort, 2, (page) => listApprovals(db, { ...query, state: query.state ?? ['pending'] }, query.sort, page)),
  getApproval: async ({ db, params }) => {
    const approval = await findApproval(db, params.id);
    if (!approval) throw notFound('approval', params.id);
    return approval;
  },
  approveApproval: (call) => answer(call, true, call.body.note ?? null),
  refuseApproval: (call) => answer(call, false, call.body.reason),
  requestWriteOff: async ({ trx, params, body, actor }) => {
    const at = await now(trx);
    const id = await refusing(() => requestWriteOff(trx, actor, params.id, body, at));
    const approval = id === null ? null : await findApproval(trx, id);
    if (!approval) throw notFound('invoice', params.id);
    return approval;
  },
};

async function answer({ trx, actor, params, identity }: Pick<Call<Contract>, 'trx' | 'actor' | 'identity'> & { params: { id: number } }, approved: boolean, reason: string | null) {
  const at = await now(trx);
  const found = await refusing(() => answerApproval(trx, params.id, { approved, reason, actor, isAdmin: isAdmin(identity), at }));
  const approval = found ? await findApproval(trx, params.id) : null;
  if (!approval) throw notFound('approval', params.id);
  return approval;
}

function isAdmin(identity: Identity): boolean {
  switch (identity.kind) {
    case 'person': return identity.user.role === 'admin';
    case 'key': return identity.apiKey.scopes.includes('admin');
    case 'nobody': return false;
  }
}

async function refusing<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof ApprovalError) throw conflict(error.message);
    throw error;
  }
}
