export { openDispute, isActiveUser, type NewDispute, type DisputeResult } from './openDispute';
export { resolveDispute, DisputeError } from './resolveDispute';
