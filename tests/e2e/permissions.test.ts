import { contracts, type ContractId } from '../../api/contracts';
import type { Contract } from '../../api/contracts/contract';
import { roles } from '../../domain/access/roles';
import { capabilities, mayDo, type Capability } from '../../web/src/session/may';

/** The routes that the console calls behind each capability. */
const routes: Readonly<Record<Capability, readonly ContractId[]>> = {
  'answer-approvals': ['approveApproval', 'refuseApproval'],
  charge: ['chargeInvoice', 'waiveCharge', 'payCharge', 'setReferenceRate'],
  discount: ['offerDiscount', 'withdrawDiscount'],
  'write-ledger': ['recordPayment', 'recordCreditNote', 'writeOffInvoice', 'reversePayment', 'refundPayment', 'reverseWriteOff', 'setInvoiceGrace', 'updateCustomer', 'setCustomerOwner', 'createContact', 'updateContact', 'deleteContact', 'uploadImport', 'runImport', 'listImports'],
  'control-collection': ['pauseCollection', 'resumeCollection', 'skipStep', 'sendNow', 'stopCollection', 'pauseCustomer', 'stopCustomer', 'resumeCustomer', 'skipCustomerSteps', 'sendCustomerStepsNow', 'requestWriteOff', 'sendStatement', 'recordPromise', 'withdrawPromise', 'openDispute', 'assignDispute', 'setDisputeDeadline'],
  'work-tasks': ['claimTask', 'releaseTask', 'completeTask', 'createTask', 'addNote'],
  'reassign-tasks': ['reassignTask'],
  'set-up-tasks': ['putQueue', 'putTaskTemplate', 'reassignTasks', 'putIssueType'],
  'set-up-automations': ['createAutomation', 'editAutomation', 'switchAutomation'],
  'run-campaigns': ['createCampaign', 'editCampaign', 'launchCampaign', 'pauseCampaign', 'resumeCampaign', 'stopCampaign'],
  'resolve-disputes': ['resolveDispute'],
  'manage-segments': ['createSegment', 'updateSegment', 'previewSegment', 'setSegmentCollection', 'setSegmentSchedule', 'controlSegmentRun'],
  'manage-holds': ['placeHold', 'releaseHold'],
  'settle-messages': ['settleMessage'],
  'suppress-addresses': ['suppressAddress', 'releaseAddress', 'removeOptOut'],
  'simulate-policy': ['simulatePolicy'],
  'edit-templates': ['createTemplate', 'saveTemplateDraft', 'publishTemplate', 'previewTemplate', 'sendTemplateTest'],
  'publish-policy': ['publishPolicy', 'activatePolicy', 'checkPolicy', 'createPolicyDraft', 'publishPolicyDraft', 'startPolicyPreview'],
  'read-audit': ['listAudit', 'verifyAudit'],
  'manage-access': ['listUsers', 'createUser', 'updateUser', 'resetUserPassword', 'listNoticeMails', 'getNoticeMail', 'settleNoticeMail', 'listApiKeys', 'createApiKey', 'revokeApiKey'],
  'manage-webhooks': ['listWebhookEndpoints', 'createWebhookEndpoint', 'updateWebhookEndpoint', 'listWebhookDeliveries'],
  'move-clock': ['advanceClock', 'playClock', 'pauseClock'],
};

describe('what the console offers is what the API allows', () => {
  const cases = (Object.keys(capabilities) as Capability[]).flatMap((capability) => routes[capability].map((route) => [capability, route] as const));
  test.each(cases)('%s: %s', (capability, route) => {
    const { access } = contracts[route] as Contract;
    const allowed = access.kind === 'roles' ? access.roles : roles;
    expect(roles.filter((role) => mayDo(role, capability))).toEqual(roles.filter((role) => allowed.includes(role)));
  });
});
