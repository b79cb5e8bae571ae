import { z } from 'zod';
import { auditors, contract, creditManagers, readers } from './contract';
import { PolicyDetail, PolicyDifference, PolicyStep, source } from './policies';
import { PolicyMigration, UnderWay } from './policyMigrations';
import { Id, Instant, LocalDate, QueryId, RowVersion, Search, Uuid, idParams, page, pageQuery, uuidParams } from './values';

const summary = {
  id: Id, name: z.string().describe("The policy's own name, as far as the text says one"), version: z.int().nullable(), baseVersionId: Id.nullable().describe('The published version that it was made from'),
  state: z.enum(['open', 'published', 'discarded']), publishedVersionId: Id.nullable(), createdBy: z.string(), createdAt: Instant, updatedBy: z.string(), updatedAt: Instant, rowVersion: RowVersion,
};
export const PolicyDraftSummary = z.object(summary).meta({ id: 'PolicyDraftSummary' });
const faults = z.array(z.object({ path: z.string().describe('The place in the document, as in steps[2].when'), message: z.string().describe('What is wrong, and what is allowed'), line: z.int().nullable(), column: z.int().nullable() }));
export const PolicyDraft = z.object({
  ...summary, source, valid: z.boolean(), errors: faults, title: z.string().nullable(), steps: z.array(PolicyStep).describe('Empty while the text is wrong'),
  differences: z.array(PolicyDifference).describe('From the version that it was made from'),
}).meta({ id: 'PolicyDraft' });

const ofRuns = { segmentEmails: z.int().describe('What runs of segments write on what is owed'), statements: z.int().describe('Statements of account, which are no contact') };
const Tally = z.object({ emails: z.int().describe('By steps'), ...ofRuns, tasks: z.int(), holds: z.int(), handoffs: z.int(), notices: z.int(), escalations: z.int(), charges: z.int(), offers: z.int(), starts: z.int().describe('Other policies that steps start') }).meta({ id: 'PolicyTally', description: 'What steps and runs of segments do' });
const RunTally = z.object({ ...ofRuns, tasks: z.int(), notices: z.int() }).meta({ id: 'SegmentRunTally' });
const PreviewResult = z.object({
  from: Instant, to: Instant, tookMs: z.int(), customers: z.int(), invoices: z.int(), today: Tally, draft: Tally, newlyContacted: z.int().describe('Customers who would get an email and get none today'), noLongerContacted: z.int(),
  changedCustomers: z.int().describe('Those for whom anything is different; `/policy-previews/{id}/customers` lists them'), days: z.array(z.object({ on: LocalDate, today: z.int(), draft: z.int() })).describe('Emails by day, of steps and of segments'),
  segments: z.array(z.object({ segment: z.string(), title: z.string(), runs: z.int().describe('Runs that begin in these days'), today: RunTally, draft: RunTally })).describe('What the runs of segments do for these customers'),
  steps: z.array(z.object({ step: z.string(), title: z.string(), done: z.int().describe('Invoices under way for which it counts as done'), passed: z.int(), repeated: z.int(), dueAtOnce: z.int() })),
}).meta({ id: 'PolicyPreviewResult' });
const PolicyPreview = z.object({ id: Uuid, state: z.enum(['running', 'done', 'failed']), done: z.int().describe('Customers looked at'), total: z.int(), result: PreviewResult.nullable(), problem: z.string().nullable() }).meta({ id: 'PolicyPreview' });
const ContactChange = z.enum(['newly', 'no-longer']);
const PreviewedCustomer = z.object({
  customerId: Id, customerExternalId: z.string(), customerName: z.string(), contact: ContactChange.nullable().describe('`newly`: gets an email under the draft and none today; `no-longer`: the other way round; null: as it was'), today: Tally, draft: Tally,
}).meta({ id: 'PolicyPreviewedCustomer' });

const drafts = { tag: 'Policy drafts', access: creditManagers };
export const policyDraftContracts = {
  listPolicyDrafts: contract({ ...drafts, id: 'listPolicyDrafts', method: 'get', path: '/policy-drafts', summary: 'Drafts that are being worked on, the latest touched first', access: readers, query: z.object({ search: Search.optional().describe('In the name of the policy, or who touched it last'), ...pageQuery }), status: 200, answer: page('PolicyDrafts', PolicyDraftSummary) }),
  createPolicyDraft: contract({
    ...drafts, id: 'createPolicyDraft', method: 'post', path: '/policy-drafts', summary: 'Begin a draft', description: 'From a published version, whose text it takes with the next free version number, or from a text of its own.',
    body: z.strictObject({ baseVersionId: Id.optional(), source: source.optional() }), status: 201, answer: PolicyDraft, etag: true, problems: [404, 422],
  }),
  getPolicyDraft: contract({ ...drafts, id: 'getPolicyDraft', method: 'get', path: '/policy-drafts/{id}', summary: 'One draft, checked', access: readers, params: idParams, status: 200, answer: PolicyDraft, etag: true, problems: [404] }),
  changePolicyDraft: contract({ ...drafts, id: 'changePolicyDraft', method: 'patch', path: '/policy-drafts/{id}', summary: 'Write another text of a draft', description: 'A wrong text is kept too: `errors` says what is wrong with it.', params: idParams, body: z.strictObject({ source }), status: 200, answer: PolicyDraft, etag: true, problems: [404, 409] }),
  discardPolicyDraft: contract({ ...drafts, id: 'discardPolicyDraft', method: 'delete', path: '/policy-drafts/{id}', summary: 'Discard a draft', params: idParams, status: 204, problems: [404, 409] }),
  publishPolicyDraft: contract({
    ...drafts, id: 'publishPolicyDraft', method: 'post', path: '/policy-drafts/{id}/publish', summary: 'Publish a draft', description: 'A published version never changes. Invoices that are assigned to its policy come under it from now on. Invoices under way on the versions of the same policy stay, move or restart.', access: auditors, params: idParams,
    body: z.strictObject({ rowVersion: RowVersion.describe('Of the draft as it was looked at'), activate: z.boolean().default(true).describe('So do new invoices to which nothing else is assigned'), underWay: UnderWay.default({ choice: 'stay' }) }), status: 201, answer: z.object({ version: PolicyDetail, migration: PolicyMigration.nullable().describe('The move that was started; null when invoices stay, or none is under way') }).meta({ id: 'PublishedDraft' }), problems: [404, 409, 412, 422],
  }),
  startPolicyPreview: contract({
    id: 'startPolicyPreview', method: 'post', path: '/policy-previews', tag: 'Policies', summary: 'Begin to work out what a draft would do on this ledger, beside what is done today', access: creditManagers,
    description: 'Every invoice under way on the same policy, or on that of the base, is taken as moved to the draft by the rules given; runs of segments are lived through beside both. Nobody pays meanwhile, nothing is sent, and no invoice is added.',
    body: z.strictObject({ source, baseVersionId: Id.optional(), days: z.int().min(1).max(366).default(60), underWay: UnderWay.default({ choice: 'stay' }).describe('`stay` shows what would be if they moved') }), status: 202, answer: PolicyPreview, problems: [404, 422, 503],
  }),
  getPolicyPreview: contract({ id: 'getPolicyPreview', method: 'get', path: '/policy-previews/{id}', tag: 'Policies', summary: 'A preview: how far it is, and what it found', access: creditManagers, params: uuidParams, status: 200, answer: PolicyPreview, problems: [404] }),
  listPolicyPreviewCustomers: contract({
    id: 'listPolicyPreviewCustomers', method: 'get', path: '/policy-previews/{id}/customers', tag: 'Policies', summary: 'For whom a draft makes a difference, the largest first', description: 'Empty until the preview is done.', access: creditManagers, params: uuidParams,
    query: z.object({ contact: ContactChange.optional(), search: Search.optional().describe("In the customer's name or number"), ...pageQuery }), status: 200, answer: page('PolicyPreviewedCustomerPage', PreviewedCustomer), problems: [404],
  }),
  comparePolicies: contract({
    id: 'comparePolicies', method: 'get', path: '/policies/{id}/differences', tag: 'Policies', summary: 'What is different in this version, in words', access: readers, params: idParams, query: z.object({ from: QueryId.describe('The version that it is compared with') }),
    status: 200, answer: z.object({ items: z.array(PolicyDifference) }).meta({ id: 'PolicyDifferences' }), problems: [404],
  }),
};
