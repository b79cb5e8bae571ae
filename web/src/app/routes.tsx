import { createBrowserRouter, type RouteObject } from 'react-router';
import { SessionGate } from '../session/SessionGate';
import type { Capability } from '../session/may';
import { SignInPage } from '../session/SignInPage';
import { PageCrash } from './PageCrash';
import { Shell } from './Shell';

/** Who may not do this is not shown the page; what pages of the menu need is told with the menu. */
const needs = (capability: Capability): { needs: Capability } => ({ needs: capability });

/** Every page is a file of its own in the build, fetched when it is first visited. */
const pages: RouteObject[] = [
  { index: true, lazy: () => import('../overview/OverviewPage') },
  { path: 'approvals', lazy: () => import('../approvals/ApprovalsPage') },
  { path: 'invoices', lazy: () => import('../invoices/InvoicesPage') },
  { path: 'invoices/:invoiceId', lazy: () => import('../invoices/InvoicePage') },
  { path: 'customers', lazy: () => import('../customers/CustomersPage') },
  { path: 'customers/:customerId', lazy: () => import('../customers/CustomerPage') },
  { path: 'messages', lazy: () => import('../messages/MessagesPage') },
  { path: 'messages/:messageId', lazy: () => import('../messages/MessagePage') },
  { path: 'replies', lazy: () => import('../replies/RepliesPage') },
  { path: 'replies/:replyId', lazy: () => import('../replies/ReplyPage') },
  { path: 'decisions', lazy: () => import('../decisions/DecisionsPage') },
  { path: 'tasks', lazy: () => import('../tasks/TasksPage') },
  { path: 'task-settings', lazy: () => import('../tasks/TaskSettingsPage') },
  { path: 'promises', lazy: () => import('../claims/PromisesPage') },
  { path: 'disputes', lazy: () => import('../claims/DisputesPage') },
  { path: 'disputes/:disputeId', lazy: () => import('../claims/DisputePage') },
  { path: 'holds', lazy: () => import('../holds/HoldsPage') },
  { path: 'campaigns', lazy: () => import('../campaigns/CampaignsPage') },
  { path: 'campaigns/new', handle: needs('run-campaigns'), lazy: () => import('../campaigns/CampaignEditPage') },
  { path: 'campaigns/:campaignId', lazy: () => import('../campaigns/CampaignPage') },
  { path: 'campaigns/:campaignId/edit', handle: needs('run-campaigns'), lazy: () => import('../campaigns/CampaignEditPage') },
  { path: 'discounts', lazy: () => import('../discounts/DiscountsPage') },
  { path: 'automations', lazy: () => import('../automations/AutomationsPage') },
  { path: 'automations/new', handle: needs('set-up-automations'), lazy: () => import('../automations/AutomationEditPage') },
  { path: 'automations/:automationId', lazy: () => import('../automations/AutomationPage') },
  { path: 'automations/:automationId/edit', handle: needs('set-up-automations'), lazy: () => import('../automations/AutomationEditPage') },
  { path: 'segments', lazy: () => import('../segments/SegmentsPage') },
  { path: 'segments/:segmentId', lazy: () => import('../segments/SegmentPage') },
  { path: 'policy', lazy: () => import('../policy/PolicyPage') },
  { path: 'policy/drafts/:draftId', lazy: () => import('../policy/drafts/DraftPage') },
  { path: 'templates', lazy: () => import('../templates/TemplatesPage') },
  { path: 'templates/:templateId', lazy: () => import('../templates/TemplatePage') },
  { path: 'rates', lazy: () => import('../rates/RatesPage') },
  { path: 'import', lazy: () => import('../imports/ImportPage') },
  { path: 'notices', lazy: () => import('../notices/NoticesPage') },
  { path: 'users', lazy: () => import('../access/UsersPage') },
  { path: 'api-keys', lazy: () => import('../access/ApiKeysPage') },
  { path: 'webhooks', lazy: () => import('../webhooks/WebhooksPage') },
  { path: 'audit', lazy: () => import('../audit/AuditPage') },
  { path: '*', lazy: () => import('./NotFoundPage') },
];

export const router = createBrowserRouter([
  { path: '/sign-in', element: <SignInPage />, errorElement: <PageCrash /> },
  {
    element: <SessionGate />,
    errorElement: <PageCrash />,
    hydrateFallbackElement: <></>,
    children: [{ element: <Shell />, children: [{ errorElement: <PageCrash />, children: pages }] }],
  },
]);
