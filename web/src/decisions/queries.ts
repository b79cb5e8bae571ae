import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';

export type Decision = Schema<'Decision'>;
export type Outcome = Decision['outcome'];

export interface DecisionFilters {
  customerId?: number;
  invoiceId?: number;
  policyVersionId?: number;
  step?: string;
  action?: string;
  outcome?: Outcome[];
  from?: string;
  to?: string;
}

export function useDecisions(filters: DecisionFilters) {
  return useKeysetList(['decisions', filters], (cursor) => answered(api.GET('/decisions', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}
