import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type AuditEntry = Schema<'AuditEntry'>;
export type AuditVerification = Schema<'AuditVerification'>;

export interface AuditFilters {
  action?: string;
  subjectType?: string;
  subjectId?: string;
  from?: string;
  to?: string;
}

const auditKey = ['audit'] as const;

export function useAudit(filters: AuditFilters) {
  return useKeysetList([...auditKey, filters], (cursor) => answered(api.GET('/audit', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export function useVerifyAudit() {
  return useWrite({ send: (_: void, once) => answered(api.POST('/audit/verify', { params: { header: once } })), invalidates: [auditKey] });
}
