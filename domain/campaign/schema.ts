import { z } from 'zod';
import { incentiveDocument } from '../discount/schema';
import { eventKinds, type EventKind } from '../events/kinds';
import { conditionDocument } from '../policy/schema';
import { wantedTask } from '../task/schema';

const line = (longest: number) => z.string().trim().min(1).max(longest);
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
const kinds = Object.keys(eventKinds) as [EventKind, ...EventKind[]];

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('now') }).describe('When it is launched'),
  z.strictObject({ kind: z.literal('at'), at: z.iso.datetime({ offset: true }) }),
  z.strictObject({ kind: z.literal('yearly'), month: z.int().min(1).max(12), day: z.int().min(1).max(28).describe('At most 28, which every month has') }).describe('Every year on this day, from midnight UTC on'),
  z.strictObject({ kind: z.literal('event'), event: z.enum(kinds) }).describe('For each customer to whom it happens, once'),
]);

const step = z.strictObject({
  id: slug,
  afterDays: z.int().min(0).max(365).describe('Days after the step before it, or after joining'),
  action: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('email'), template: line(64), to: z.array(z.enum(['billing', 'escalation', 'leadership'])).min(1).max(3).default(['billing']),
      discount: incentiveDocument.nullable().default(null).describe('Offered on each invoice that the email lists, and taken off by the ledger when payments meet it in time') }),
    z.strictObject({ kind: z.literal('task'), ...wantedTask }),
    z.strictObject({
      kind: z.literal('escalate'),
      template: line(64).nullable().default(null).describe('Written to the customer\'s escalation contacts; null: nobody is written to'),
      task: z.strictObject({ queue: line(100), title: line(200), dueInDays: z.int().min(0).max(365).default(0) }).nullable().default(null).describe('An urgent one'),
      audience: line(100).nullable().default(null).describe('Who is told besides: a role or a queue'),
    }).refine(({ template, task }) => template !== null || task !== null, { error: 'say which template the escalation contacts get, or which task there is, or both' })
      .describe('For those who have not answered: to somebody who may decide more, there and here'),
  ]),
});

const variant = z.strictObject({
  name: slug,
  percent: z.int().min(1).max(100),
  templates: z.record(slug, line(64)).default({}).describe('By step: the template that this variant sends in place of the step\'s own'),
  discounts: z.record(slug, incentiveDocument.nullable()).default({}).describe('By step: what this variant offers in place of what the step does; null: nothing'),
  policy: slug.nullable().default(null).describe('By name: the policy by which the customers of this variant are collected from joining on; null: as before'),
});

/** A campaign as people write it and as the API takes it. */
export const campaignDocument = z.strictObject({
  title: line(200),
  audience: z.strictObject({
    segment: slug.nullable().default(null),
    when: conditionDocument.nullable().default(null).describe('Holds on at least one of the customer\'s open invoices'),
    mode: z.enum(['frozen', 'live']).default('frozen').describe('frozen: those who are in it at the start; live: also those who come to be in it while it runs'),
  }),
  schedule,
  steps: z.array(step).max(10).describe('Empty only where variants are policies'),
  experiment: z.strictObject({
    holdoutPercent: z.int().min(0).max(50),
    variants: z.array(variant).max(5).default([]),
    horizonDays: z.int().min(1).max(180).describe('A customer\'s outcome counts so many days after joining'),
  }).nullable().default(null),
});
export type CampaignDocument = z.output<typeof campaignDocument>;
