import { z } from 'zod';
import { eventDays, previewedMax } from '../../domain/campaign/previewed';
import { campaignDocument } from '../../domain/campaign/schema';
import { contract, creditManagers, readers } from './contract';
import { Id, Instant, LocalDate, Minor, QueryId, RowVersion, Text, idParams, page, pageQuery } from './values';

export const CampaignDocument = campaignDocument.meta({ id: 'CampaignDocument' });
export const CampaignState = z.enum(['draft', 'launched', 'ended']).meta({ id: 'CampaignState' });
const runState = z.enum(['running', 'paused', 'stopped', 'done']);
const Afterwards = z.enum(['stay', 'go-back']).meta({ id: 'ExperimentAfterwards' });
export const Campaign = z.object({
  id: Id, key: z.string(), state: CampaignState, document: CampaignDocument, audience: z.string().describe('In words'), nextRunAt: Instant.nullable(), createdBy: z.string(), createdAt: Instant, rowVersion: RowVersion,
  experimentEnded: z.object({ at: Instant, by: z.string(), afterwards: Afterwards, reason: z.string() }).nullable().describe('An experiment on policies that a person has ended'),
  runs: z.array(z.object({ id: Id, run: z.int(), state: runState, startedAt: Instant, endedAt: Instant.nullable(), problem: z.string().nullable(), members: z.int() })).describe('Newest first'),
}).meta({ id: 'Campaign' });
export const CampaignMemberState = z.enum(['active', 'stopped', 'done', 'held-out']).meta({ id: 'CampaignMemberState' });
export const CampaignMember = z.object({
  customerId: Id, customerName: z.string(), group: z.string(), state: CampaignMemberState, reason: z.string().nullable(), step: z.int(), nextAt: Instant.nullable(), joinedAt: Instant,
}).meta({ id: 'CampaignMember' });

export const PreviewOutcome = z.enum(['acts', 'left-out', 'held-out', 'joins']).describe('acts: the first step is taken for it. left-out: it joins, and the first step leaves it alone. held-out: drawn for the holdout. joins: the campaign has no step').meta({ id: 'CampaignPreviewOutcome' });
const leftOutCode = z.enum(['paid', 'promised', 'disputed', 'replied', 'not-collected', 'void', 'settled', 'stopped', 'paused', 'unapplied-cash', 'no-address', 'address-suppressed', 'do-not-contact', 'window', 'spacing', 'cap']);
export const CampaignPreview = z.object({
  at: Instant, startsAt: Instant.describe('When its next run begins; now, where it is not launched and has no time of its own'),
  basis: z.enum(['audience', 'events']).describe(`events: it begins for each customer to whom its event happens; those to whom it happened in the last ${eventDays} days stand for them`),
  problems: z.array(z.object({ path: z.string(), message: z.string() })).describe('What keeps it from being launched'),
  inSegment: z.int().nullable().describe('Members of its segment, whether or not they owe anything'), isCut: z.boolean().describe(`More than ${previewedMax} customers would join: these are the first`),
  joins: z.int(), acts: z.int().describe('For so many the first step is taken'), writes: z.int().describe('So many of these are written to'),
  leftOut: z.array(z.object({ code: leftOutCode, reason: z.string(), customers: z.int() })).describe('Who joins and is left alone, and why, as things are now'),
  groups: z.array(z.object({ group: z.string(), percent: z.int(), customers: z.int(), acts: z.int(), template: z.string().nullable(), policy: z.string().nullable() })),
  money: z.array(z.object({ currency: z.string(), customers: z.int(), openMinor: Minor, actsMinor: Minor, leftOutMinor: Minor, heldOutMinor: Minor })),
  firstStep: z.object({ id: z.string(), kind: z.enum(['email', 'task', 'escalate']), days: z.array(z.object({ on: LocalDate, customers: z.int() })).describe('The days where the customers are') }).nullable(),
}).meta({ id: 'CampaignPreview' });
export const PreviewedCustomer = z.object({
  customerId: Id, customerName: z.string(), group: z.string(), outcome: PreviewOutcome, writes: z.boolean(), at: Instant.nullable(), on: LocalDate.nullable(), code: leftOutCode.nullable(), reason: z.string().nullable(),
  balances: z.array(z.object({ currency: z.string(), openMinor: Minor })),
}).meta({ id: 'CampaignPreviewedCustomer' });

const figure = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable();
const comparison = z.object({ difference: z.number(), low: z.number(), high: z.number(), decided: z.boolean().describe('Settled, at whatever moment one looks: only ever what is collected in the main currency') }).nullable();
export const CampaignResults = z.object({
  run: z.int(), state: runState, at: Instant,
  groups: z.array(z.object({
    group: z.string(), members: z.int(), active: z.int(), stopped: z.int(), done: z.int(), heldOut: z.int(), queued: z.int(), sent: z.int(), delivered: z.int(), opened: z.int(), clicked: z.int(),
    replied: z.int(), promised: z.int(), disputed: z.int(), paid: z.int(),
  })),
  money: z.array(z.object({ group: z.string(), currency: z.string(), openMinor: Minor, collectedMinor: Minor })).describe('Open on joining, and what of it has been collected'),
  byDay: z.array(z.object({ day: z.int(), group: z.string(), currency: z.string(), collectedMinor: Minor })).describe('Collected on each day after joining'),
  experiments: z.array(z.object({
    currency: z.string(), isPrimary: z.boolean().describe('The main currency: the one in which most customers owed something of those who had joined before any outcome counted. What is collected in it is all that declares a winner'), control: z.string(),
    winner: z.string().nullable().describe('Collects more than every other group, each of these differences settled'),
    verdict: z.string(), customersNeeded: z.int().nullable().describe('Of each group, to find 5 cents in the dollar in 80 of 100 experiments'),
    groups: z.array(z.object({
      group: z.string(), customers: z.int(), customersMissing: z.int().describe('How many more have to be through their horizon before anything can be declared of the group'),
      collectedPerOpen: figure, daysToPay: figure.describe('Until nothing of what was open on joining is open, whatever settled it'), collectedAgainstControl: comparison, daysAgainstControl: comparison,
    })),
    variantPairs: z.array(z.object({ group: z.string(), against: z.string(), collected: comparison, days: comparison })).describe('Each pair of groups without the control'),
  })).describe('Of customers whose horizon is over, by currency, the main one first; intervals of differences are valid at any number of looks'),
}).meta({ id: 'CampaignResults' });

const campaigns = { tag: 'Campaigns', access: creditManagers };
const answer = { status: 200, answer: Campaign, etag: true } as const;
export const campaignContracts = {
  listCampaigns: contract({ ...campaigns, id: 'listCampaigns', method: 'get', path: '/campaigns', summary: 'Campaigns, newest first', access: readers, query: z.object({ search: z.string().trim().min(1).max(200).optional().describe('In the title or the short name'), state: z.array(CampaignState).optional(), ...pageQuery }), status: 200, answer: page('CampaignPage', Campaign) }),
  createCampaign: contract({ ...campaigns, id: 'createCampaign', method: 'post', path: '/campaigns', summary: 'Draft a campaign', body: z.strictObject({ key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/), document: CampaignDocument }), ...answer, status: 201, problems: [409, 422] }),
  getCampaign: contract({ ...campaigns, id: 'getCampaign', method: 'get', path: '/campaigns/{id}', summary: 'One campaign', access: readers, params: idParams, ...answer, problems: [404] }),
  editCampaign: contract({ ...campaigns, id: 'editCampaign', method: 'patch', path: '/campaigns/{id}', summary: 'Change a draft', params: idParams, body: z.strictObject({ document: CampaignDocument }), ...answer, problems: [404, 409, 422] }),
  previewCampaign: contract({
    ...campaigns, id: 'previewCampaign', method: 'get', path: '/campaigns/{id}/preview', summary: 'What a launch would come to now: who joins, what they owe, who is left alone and why, and when the first step is taken',
    description: 'By the code that a run goes by, on the ledger as it is now. Writes nothing.', access: readers, params: idParams, status: 200, answer: CampaignPreview, problems: [404],
  }),
  listPreviewedCustomers: contract({
    ...campaigns, id: 'listPreviewedCustomers', method: 'get', path: '/campaigns/{id}/preview/customers', summary: 'Who would join a campaign now, and what would become of each', access: readers, params: idParams,
    query: z.object({ outcome: z.array(PreviewOutcome).optional(), ...pageQuery }), status: 200, answer: page('CampaignPreviewedCustomerPage', PreviewedCustomer), problems: [404],
  }),
  launchCampaign: contract({ ...campaigns, id: 'launchCampaign', method: 'post', path: '/campaigns/{id}/launch', summary: 'Launch a draft: from here on it cannot change', params: idParams, ...answer, problems: [404, 409, 422] }),
  pauseCampaign: contract({ ...campaigns, id: 'pauseCampaign', method: 'post', path: '/campaigns/{id}/pause', summary: 'Pause: nothing more is queued until it is resumed', params: idParams, ...answer, problems: [404, 409] }),
  resumeCampaign: contract({ ...campaigns, id: 'resumeCampaign', method: 'post', path: '/campaigns/{id}/resume', summary: 'Resume', params: idParams, ...answer, problems: [404, 409] }),
  stopCampaign: contract({ ...campaigns, id: 'stopCampaign', method: 'post', path: '/campaigns/{id}/stop', summary: 'Stop for good', params: idParams, ...answer, problems: [404, 409] }),
  endExperiment: contract({
    ...campaigns, id: 'endExperiment', method: 'post', path: '/campaigns/{id}/end-experiment', summary: 'End an experiment on policies, and say what becomes of its customers',
    description: 'stay: each keeps the policy that it was drawn for. go-back: what would decide without the experiment decides again, and what is under way is moved without repeating anything. Outcomes count as far as they had come.',
    params: idParams, body: z.strictObject({ afterwards: Afterwards, reason: Text }), ...answer, problems: [404, 409],
  }),
  getCampaignResults: contract({ ...campaigns, id: 'getCampaignResults', method: 'get', path: '/campaigns/{id}/results', summary: 'What a run has come to, live', access: readers, params: idParams, query: z.object({ runId: QueryId.optional().describe('The newest unless given') }), status: 200, answer: CampaignResults, problems: [404] }),
  listCampaignMembers: contract({
    ...campaigns, id: 'listCampaignMembers', method: 'get', path: '/campaigns/{id}/members', summary: 'Who is in a run, and how far', access: readers, params: idParams,
    query: z.object({ runId: QueryId.optional(), state: z.array(CampaignMemberState).optional(), group: z.string().max(64).optional(), customerId: QueryId.optional(), ...pageQuery }), status: 200, answer: page('CampaignMemberPage', CampaignMember), problems: [404],
  }),
};
