export { openDispute, openDisputes, isActiveUser, type NewDispute, type DisputeResult } from './openDispute';
export { resolveDispute, resolveDisputes, DisputeError } from './resolveDispute';
export { addDisputeNote, addEvidence, assignDispute, findEvidence, setDisputeDeadline, type Evidence } from './notesAndFiles';
