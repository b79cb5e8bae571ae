/** What a person may be, from the most to the least that they may do. */
export const roles = ['admin', 'credit-manager', 'collector', 'sales', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Who may take on a task and end it: all but those who only look on. */
export const workingRoles = ['admin', 'credit-manager', 'collector', 'sales'] as const satisfies readonly Role[];

/** What an API key may do. `admin` includes the others. */
export const scopes = ['read', 'ledger:write', 'collections:write', 'admin'] as const;
export type Scope = (typeof scopes)[number];
