export type { Actor } from './actor';
export { systemActor } from './actor';
export { appendAudit } from './appendAudit';
export type { AuditEntry } from './chain';
export { verifyAudit, type AuditVerdict } from './verifyAudit';
export { listAudit, type AuditRow } from './listAudit';
