import type { Schema } from '../http/client';

export type Role = Schema<'Role'>;

/**
 * Who may do what, as the API enforces it. The console only hides what would be refused;
 * tests/e2e/permissions.test.ts holds this table against the API's own.
 */
export const capabilities = {
  'answer-approvals': ['admin', 'credit-manager'],
  charge: ['admin', 'credit-manager'],
  discount: ['admin', 'credit-manager'],
  'write-ledger': ['admin', 'credit-manager'],
  'control-collection': ['admin', 'credit-manager', 'collector'],
  'work-tasks': ['admin', 'credit-manager', 'collector', 'sales'],
  'reassign-tasks': ['admin', 'credit-manager', 'collector'],
  'set-up-tasks': ['admin', 'credit-manager'],
  'set-up-automations': ['admin', 'credit-manager'],
  'run-campaigns': ['admin', 'credit-manager'],
  'resolve-disputes': ['admin', 'credit-manager'],
  'manage-segments': ['admin', 'credit-manager'],
  'manage-holds': ['admin', 'credit-manager'],
  'settle-messages': ['admin', 'credit-manager'],
  'suppress-addresses': ['admin', 'credit-manager'],
  'simulate-policy': ['admin', 'credit-manager'],
  'edit-templates': ['admin', 'credit-manager'],
  'publish-policy': ['admin', 'credit-manager'],
  'read-audit': ['admin', 'credit-manager'],
  'manage-access': ['admin'],
  'manage-webhooks': ['admin'],
  'move-clock': ['admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Capability = keyof typeof capabilities;

export function mayDo(role: Role, capability: Capability): boolean {
  return (capabilities[capability] as readonly Role[]).includes(role);
}

export const roleNames: Readonly<Record<Role, string>> = {
  admin: 'Administrator',
  'credit-manager': 'Credit manager',
  collector: 'Collector',
  sales: 'Sales',
  viewer: 'Viewer',
};
