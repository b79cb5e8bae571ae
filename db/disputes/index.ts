export { openDispute, isActiveUser, type NewDispute, type DisputeResult } from './openDispute';
export { resolveDispute, DisputeError } from './resolveDispute';
export { addDisputeNote, addEvidence, assignDispute, findEvidence, setDisputeDeadline, type Evidence } from './notesAndFiles';
