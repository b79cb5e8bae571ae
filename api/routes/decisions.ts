import { listDecisionItems } from '../../db/readmodels/decisions';
import type { decisionContracts } from '../contracts/decisions';
import type { Handlers } from '../http/call';
import { paged } from './paging';

export const decisionHandlers: Handlers<typeof decisionContracts> = {
  listDecisions: async ({ db, query }) => paged(query, '-at', 2, (page) => listDecisionItems(db, query, page)),
};
