import { z } from 'zod';
import { auditors, contract, readers } from './contract';
import { Id, Instant, Search, Text, idParams, page, pageQuery } from './values';

export const moveRules = {
  mapping: z.record(z.string().max(63), z.string().max(63).nullable()).default({}).describe('Old step to new step; null: it has no heir. A step that is not named keeps its id'),
  missed: z.enum(['pass', 'run']).default('pass').describe('New steps whose day is over: passed over, or run late by their catch-up rule'),
};
/** What becomes of invoices under way when the policy that they are on changes. */
export const UnderWay = z.discriminatedUnion('choice', [
  z.strictObject({ choice: z.literal('stay') }).describe('They stay on the version that they are on'),
  z.strictObject({ choice: z.literal('move'), ...moveRules, reason: Text }).describe('What was done counts for the steps that the mapping says'),
  z.strictObject({ choice: z.literal('restart'), missed: moveRules.missed.default('run'), reason: Text }).describe('The ladder begins anew; what was sent within the spacing is not sent again'),
]).meta({ id: 'UnderWay' });
export type UnderWayChoice = z.output<typeof UnderWay>;

const state = z.enum(['running', 'paused', 'stopped', 'done']);
export const PolicyMigration = z.object({
  id: Id, toVersionId: Id, toVersion: z.string().describe('As in reference@2'), scope: z.record(z.string(), z.unknown()), rules: z.object({ mode: z.enum(['move', 'restart']), mapping: z.record(z.string(), z.string().nullable()), missed: z.enum(['pass', 'run']) }), reason: z.string(),
  state, total: z.int().describe('Invoices to move'), moved: z.int(), passed: z.int().describe('Of them: with steps that were passed over'), repeated: z.int().describe('Of them: with steps that will do again what was done'),
  dueAtOnce: z.int(), problem: z.string().nullable().describe('Why the last page failed; it is tried again'), createdBy: z.string(), createdAt: Instant, endedAt: Instant.nullable(),
}).meta({ id: 'PolicyMigration' });
const PolicyMigrationReport = z.object({
  ...PolicyMigration.shape, steps: z.array(z.object({ step: z.string(), passed: z.int(), repeated: z.int() })), versions: z.array(z.object({ version: z.string(), invoices: z.int() })).describe('Where the moved invoices came from'),
}).meta({ id: 'PolicyMigrationReport' });

const one = { tag: 'Policy migrations', access: auditors, params: idParams, status: 200 as const, answer: PolicyMigration, problems: [404, 409] };
export const policyMigrationContracts = {
  listPolicyMigrations: contract({
    id: 'listPolicyMigrations', method: 'get', path: '/policy-migrations', tag: 'Policy migrations', summary: 'Moves of invoices to another policy version, newest first', access: readers,
    query: z.object({ search: Search.optional().describe('In the version that they go to, as in reference@2, the reason, or who began it'), state: state.optional(), ...pageQuery }), status: 200, answer: page('PolicyMigrations', PolicyMigration),
  }),
  getPolicyMigration: contract({ ...one, id: 'getPolicyMigration', method: 'get', path: '/policy-migrations/{id}', summary: 'One move, with what it did by step', access: readers, answer: PolicyMigrationReport, problems: [404] }),
  pausePolicyMigration: contract({ ...one, id: 'pausePolicyMigration', method: 'post', path: '/policy-migrations/{id}/pause', summary: 'Pause a move before its next page' }),
  resumePolicyMigration: contract({ ...one, id: 'resumePolicyMigration', method: 'post', path: '/policy-migrations/{id}/resume', summary: 'Go on with a paused move' }),
  stopPolicyMigration: contract({ ...one, id: 'stopPolicyMigration', method: 'post', path: '/policy-migrations/{id}/stop', summary: 'Stop a move for good', description: 'Invoices that have moved stay where they are now; the others stay where they were.' }),
};
