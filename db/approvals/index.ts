export { answerApproval, ApprovalError, type ApprovalAnswer } from './answer';
export { askForFiring, closeFiringRequests, readFiringRequest, timeOutFiringRequest, type FiringRequest } from './firingRequests';
export { leavePolicy } from './leavePolicy';
export { recordApprovals } from './recordApprovals';
export { requestWriteOff, type WriteOffRequest } from './requestWriteOff';
export { nextWriteOffDeadlineSql, settleWriteOffRequests } from './writeOffRequests';
