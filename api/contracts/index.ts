import { approvalContracts } from './approvals';
import { chargeContracts } from './charges';
import { discountContracts } from './discounts';
import type { Contract } from './contract';
import { automationContracts } from './automations';
import { campaignContracts } from './campaigns';
import { claimContracts } from './claims';
import { customerContracts } from './customers';
import { decisionContracts } from './decisions';
import { deploymentContracts } from './deployment';
import { importContracts } from './imports';
import { invoiceContracts } from './invoices';
import { messageContracts, webhookContracts } from './messages';
import { moneyContracts } from './money';
import { noticeContracts } from './notices';
import { policyContracts } from './policies';
import { policyAssignmentContracts } from './policyAssignments';
import { policyDraftContracts } from './policyDrafts';
import { policyMigrationContracts } from './policyMigrations';
import { replyContracts } from './replies';
import { segmentContracts } from './segments';
import { sessionContracts } from './session';
import { statementContracts } from './statements';
import { taskContracts } from './tasks';
import { templateContracts } from './templates';
import { workContracts } from './work';

/** Every route that is written down, by operationId; the files made of lists are in all.ts. */
export const contracts = {
  ...approvalContracts, ...chargeContracts, ...discountContracts,
  ...sessionContracts, ...customerContracts, ...invoiceContracts, ...moneyContracts, ...decisionContracts,
  ...messageContracts, ...webhookContracts, ...workContracts, ...policyContracts, ...importContracts, ...deploymentContracts,
  ...claimContracts, ...taskContracts, ...templateContracts,
  ...policyDraftContracts, ...policyMigrationContracts, ...automationContracts, ...policyAssignmentContracts,
  ...campaignContracts,
  ...replyContracts,
  ...segmentContracts,
  ...statementContracts,
  ...noticeContracts,
};
export type ContractId = keyof typeof contracts;
export const contractList: readonly Contract[] = Object.values(contracts);
