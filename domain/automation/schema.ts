import { z } from 'zod';
import { incentiveDocument } from '../discount/schema';
import { eventKinds, type EventKind } from '../events/kinds';
import { approvalDocument, colleagueDocument, conditionDocument, holdKinds, releaseNoticeDocument } from '../policy/schema';
import { defaultAudience } from '../task/escalation';
import { wantedTask } from '../task/schema';

const line = (longest: number) => z.string().trim().min(1).max(longest);

const emailAction = z.strictObject({
  kind: z.literal('email'), template: line(64), to: z.array(z.enum(['billing', 'escalation', 'leadership'])).min(1).max(3).default(['billing']), attachInvoice: z.boolean().default(false),
});
const taskAction = z.strictObject({ kind: z.literal('task'), ...wantedTask });
const notifyAction = z.strictObject({ kind: z.literal('notify'), audience: line(100), title: line(200) });
const leadershipAction = z.strictObject({
  kind: z.literal('leadership'), title: line(200), text: z.string().max(4000).nullable().default(null), template: line(64).default('internal-notice'),
  to: z.array(colleagueDocument).min(1).max(20).default(['owner-manager']).describe("The owner of the customer's account, that person's manager, all of a role, or addresses"),
}).describe("An email to your own leadership; no contact of the customer");
const holdAction = z.strictObject({ kind: z.literal('hold'), hold: z.enum(holdKinds), releaseNotice: releaseNoticeDocument.optional(), approval: approvalDocument.optional() });
const pauseAction = z.strictObject({ kind: z.literal('pause'), days: z.int().min(1).max(365).nullable().default(null).describe('null: until a person resumes it') });
const escalateAction = z.strictObject({
  kind: z.literal('escalate'), queue: line(100), title: line(200), audience: line(100).default(defaultAudience).describe('Who is told besides'),
});
const percent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'must be a percentage with a point and at most four decimals, such as "8.5"');
const chargeAction = z.strictObject({
  kind: z.literal('charge'),
  charge: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), amounts: z.record(z.string().regex(/^[A-Z]{3}$/), z.string()).describe('By currency, as in {"USD": "40.00"}') }),
    z.strictObject({ kind: z.literal('percent'), percent: percent.describe('Of what is open and undisputed') }),
    z.strictObject({ kind: z.literal('interest'), percent: percent.describe('A year, by contract'), dayCount: z.enum(['actual/360', 'actual/365', 'actual/actual', '30/360']) }),
    z.strictObject({ kind: z.literal('statutory'), preset: z.enum(['eu', 'de', 'uk']) }),
  ]),
});
const assignPolicyAction = z.strictObject({
  kind: z.literal('assign-policy'), policy: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/).describe('By name; the version that is in force'),
  of: z.enum(['invoice', 'customer']).default('invoice').describe('The invoice alone, or all that the customer owes'),
});
const handoffAction = z.strictObject({ kind: z.literal('handoff'), agency: line(100).nullable().default(null), approval: approvalDocument.optional() }).describe('Recorded, and told by webhook; the invoice is paused here until a person resumes it');
const discountAction = z.strictObject({ kind: z.literal('discount'), discount: incentiveDocument }).describe('Offered on the invoice, and taken off by the ledger when payments meet it in time');
const webhookAction = z.strictObject({ kind: z.literal('webhook') });

const kinds = Object.keys(eventKinds) as [EventKind, ...EventKind[]];

/** An automation as people write it and as the API takes it. */
export const automationDocument = z.strictObject({
  title: line(200),
  trigger: z.strictObject({
    kind: z.enum(kinds),
    days: z.int().min(1).max(3650).nullable().default(null).describe('Of invoice.overdue: on which day past due'),
  }).refine(({ kind, days }) => (kind === 'invoice.overdue') === (days !== null), { path: ['days'], error: 'say on which day past due for invoice.overdue, and for nothing else' }),
  when: conditionDocument.nullable().default(null).describe('null: always'),
  actions: z.array(z.discriminatedUnion('kind', [emailAction, taskAction, notifyAction, leadershipAction, holdAction, pauseAction, escalateAction, chargeAction, assignPolicyAction, handoffAction, discountAction, webhookAction])).min(1).max(10),
  limit: z.strictObject({ firings: z.int().min(1).max(20), days: z.int().min(1).max(365) }).default({ firings: 1, days: 7 })
    .describe('It fires at most so often for one customer in any so many days'),
});
export type AutomationDocument = z.output<typeof automationDocument>;
