import { approvalHandlers } from './approvals';
import { chargeHandlers } from './charges';
import { discountHandlers } from './discounts';
import type { contracts } from '../contracts';
import type { Handlers } from '../http/call';
import { automationHandlers } from './automations';
import { campaignHandlers } from './campaigns';
import { claimHandlers } from './claims';
import { customerHandlers } from './customers';
import { decisionHandlers } from './decisions';
import { deploymentHandlers } from './deployment';
import { importHandlers } from './imports';
import { invoiceHandlers } from './invoices';
import { messageHandlers } from './messages';
import { moneyHandlers } from './money';
import { noticeHandlers } from './notices';
import { policyHandlers } from './policies';
import { policyAssignmentHandlers } from './policyAssignments';
import { policyDraftHandlers } from './policyDrafts';
import { policyMigrationHandlers } from './policyMigrations';
import { replyHandlers } from './replies';
import { segmentHandlers } from './segments';
import { sessionHandlers } from './session';
import { statementHandlers } from './statements';
import { taskHandlers } from './tasks';
import { templateHandlers } from './templates';
import { webhookHandlers } from './webhooks';
import { workHandlers } from './work';

/** The handler of every contract; the compiler says when one is missing. */
export const handlers: Handlers<typeof contracts> = {
  ...approvalHandlers, ...chargeHandlers, ...discountHandlers,
  ...sessionHandlers, ...customerHandlers, ...invoiceHandlers, ...moneyHandlers, ...decisionHandlers,
  ...messageHandlers, ...webhookHandlers, ...workHandlers, ...policyHandlers, ...importHandlers, ...deploymentHandlers,
  ...claimHandlers, ...taskHandlers, ...templateHandlers,
  ...policyDraftHandlers, ...policyMigrationHandlers, ...automationHandlers, ...policyAssignmentHandlers,
  ...campaignHandlers,
  ...replyHandlers,
  ...segmentHandlers,
  ...statementHandlers,
  ...noticeHandlers,
};
