import {
  IconBolt, IconCalendarCheck, IconScale, IconSpeakerphone, IconFileInvoice, IconClipboardList, IconFileImport, IconHandStop, IconHistory, IconHome, IconKey, IconMail, IconMailForward, IconMessageReply, IconRoute, IconUsers, IconUsersGroup, IconWebhook, IconChecks, IconListSearch, IconTemplate, IconChartPie, IconPercentage, IconDiscount,
  type Icon,
} from '@tabler/icons-react';
import type { Capability } from '../session/may';

export interface Destination {
  to: string;
  label: string;
  group: string;
  Icon: Icon;
  /** After `g`, opens it from anywhere. */
  key?: string;
  needs?: Capability;
}

export const destinations: readonly Destination[] = [
  { to: '/', label: 'Overview', group: '', Icon: IconHome, key: 'o' },
  { to: '/invoices', label: 'Invoices', group: '', Icon: IconFileInvoice, key: 'i' },
  { to: '/customers', label: 'Customers', group: '', Icon: IconUsersGroup, key: 'c' },
  { to: '/tasks', label: 'Tasks', group: '', Icon: IconClipboardList, key: 't' },
  { to: '/messages', label: 'Messages', group: '', Icon: IconMail, key: 'm' },
  { to: '/replies', label: 'Replies', group: '', Icon: IconMessageReply, key: 'r' },
  { to: '/decisions', label: 'Decisions', group: '', Icon: IconListSearch, key: 'd' },
  { to: '/promises', label: 'Promises', group: '', Icon: IconCalendarCheck },
  { to: '/disputes', label: 'Disputes', group: '', Icon: IconScale },
  { to: '/approvals', label: 'Approvals', group: '', Icon: IconChecks, key: 'a' },
  { to: '/holds', label: 'Holds', group: '', Icon: IconHandStop, key: 'h' },
  { to: '/campaigns', label: 'Campaigns', group: '', Icon: IconSpeakerphone },
  { to: '/discounts', label: 'Discounts', group: '', Icon: IconDiscount },
  { to: '/segments', label: 'Segments', group: 'Set up', Icon: IconChartPie, key: 's' },
  { to: '/policy', label: 'Policy', group: 'Set up', Icon: IconRoute, key: 'p' },
  { to: '/automations', label: 'Automations', group: 'Set up', Icon: IconBolt },
  { to: '/templates', label: 'Templates', group: 'Set up', Icon: IconTemplate },
  { to: '/rates', label: 'Reference rates', group: 'Set up', Icon: IconPercentage },
  { to: '/import', label: 'Import', group: 'Set up', Icon: IconFileImport, needs: 'write-ledger' },
  { to: '/users', label: 'Users', group: 'Administration', Icon: IconUsers, needs: 'manage-access' },
  { to: '/notices', label: 'Notices', group: 'Administration', Icon: IconMailForward, needs: 'manage-access' },
  { to: '/api-keys', label: 'API keys', group: 'Administration', Icon: IconKey, needs: 'manage-access' },
  { to: '/webhooks', label: 'Webhooks', group: 'Administration', Icon: IconWebhook, needs: 'manage-webhooks' },
  { to: '/audit', label: 'Audit', group: 'Administration', Icon: IconHistory, needs: 'read-audit' },
];
