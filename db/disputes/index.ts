export { openDispute, isActiveUser, type NewDispute, type DisputeResult } from './openDispute';
