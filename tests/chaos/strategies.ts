import { join } from 'node:path';
import type { Knex } from 'knex';
import { readSegmentFile, type SegmentOfFile } from '../../cli/segmentFile';
import { addUser } from '../../db/access/users';
import { systemActor } from '../../db/audit/actor';
import { assignCustomers } from '../../db/policies/assignCustomers';
import type { InstantMs } from '../../domain/calendar/dates';
import type { CustomerRecord } from '../../domain/ledger/records';
import type { Ledger } from '../../domain/simulation/timeline';
import type { Aim } from './aims';

/** What a credit manager does at an instant of the ledger's life, by the API. */
export interface Act {
  at: InstantMs;
  /** When what it sets off is over, where that is later. */
  until?: InstantMs;
  what: string;
  carryOut(post: (path: string, body: unknown) => Promise<unknown>): Promise<void>;
}

/** What is done to whom: to some nothing at all, some are in an experiment on policies, and the rest moves. By the customer's tier. */
const tiers = ['steady', 'tried', 'steady', 'tried', 'moved'] as const;
type Tier = (typeof tiers)[number];

/** The step that the second version moves, and where it moves to. */
export const movedStep = { from: 'call-14', to: 'call-12' };
/** Versions of the policy that were published on the way; the last one is under way at the end. */
export const lastVersion = 3;
export const campaignKey = 'spring';
export const experimentKey = 'gentle-or-not';
/** Of every policy of the run: days between two contacts of a customer, and contacts in any seven days. */
export const contactRules = { minimumDaysBetween: 2, messagesAWeek: 2 };

export const readSegments = (): Promise<SegmentOfFile[]> => readSegmentFile(join(__dirname, 'segments.yaml'));

/** The policies of a run, as they are written. */
export interface Sources {
  /** Everybody's, and what it moves to. */
  first: string;
  second: string;
  third: string;
  /** The same as everybody's at first; nobody touches it. */
  steady: string;
  /** What an experiment tries. */
  gentle: string;
}

/** The reference strategy with rules of contact that bind, and with levels at which leadership and the customer's escalation contacts hear of it. */
export function sourcesOf(reference: string): Sources {
  const grave = `  - id: grave-35
    title: Leadership on both sides hears of it
    anchor: due
    offset: { days: 35 }
    actions:
      - email: { template: overdue, to: [billing] }
      - leadership: { title: "{customer} is five weeks late", text: "Shall we go on delivering?", to: [credit-manager, cfo@example.net] }

`;
  const first = changed(reference, [
    ['minimumDaysBetween: 1', `minimumDaysBetween: ${contactRules.minimumDaysBetween}\n  caps: [{ messages: ${contactRules.messagesAWeek}, per: week }]`],
    ['\ncatchUp: collapse\n', '\ncatchUp: collapse\nescalation: { from: grave-35, whenNone: { queue: Sales } }\n'],
    ['  - id: hold-45', `${grave}  - id: hold-45`],
  ]);
  const second = changed(first, [['\nversion: 1\n', '\nversion: 2\n'], [`- id: ${movedStep.from}`, `- id: ${movedStep.to}`], ['offset: { days: 14 }', 'offset: { days: 12 }']]);
  return {
    first, second,
    third: changed(second, [['\nversion: 2\n', `\nversion: ${lastVersion}\n`], ['offset: { days: 30 }', 'offset: { days: 33 }']]),
    steady: changed(first, [['policy: reference', 'policy: steady']]),
    // Drawn from the second version: what was done counts for the steps of the same id.
    gentle: changed(second, [['policy: reference', 'policy: gentle'], ['\nversion: 2\n', '\nversion: 1\n'], ['offset: { days: 7 }', 'offset: { days: 10 }'], ['offset: { days: 30 }', 'offset: { days: 32 }']]),
  };
}

function changed(source: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`The reference strategy has changed ("${from}" is not there once): the policies of the fault run must be written anew.`);
    return text.replace(from, () => to);
  }, source);
}

/** Puts the customers of a ledger into tiers, across all time zones, and gives every third an escalation contact. */
export function inTiers(ledger: Ledger, zones: number): Ledger {
  const tierOf = (index: number): Tier => tiers[Math.floor(index / zones) % tiers.length]!;
  const customers = ledger.customers.map((customer, index): CustomerRecord => ({
    ...customer, tier: tierOf(index),
    contacts: [...customer.contacts ?? [], ...(index % 3 === 0 ? [{ role: 'escalation' as const, email: `boss-${index}@example.com` }] : [])],
  }));
  return { ...ledger, customers };
}

/** Whoever is steady comes under the policy of that name from the start; a credit manager is there to be told. */
export async function prepareStrategies(knex: Knex, start: InstantMs): Promise<void> {
  await addUser(knex, { email: 'head-of-credit@example.net', name: 'Head of credit', role: 'credit-manager' });
  const ids = await knex('customers').where({ tier: 'steady' }).orderBy('id').pluck<number[]>('id');
  await knex.transaction((trx) => assignCustomers(trx, systemActor, ids.map((customerId) => ({ customerId, policy: 'steady' })), 'They are left alone', new Date(start)));
}

const moveAt = Date.parse('2026-03-10T10:30:00Z');
const tryAt = Date.parse('2026-03-16T10:30:00Z');
/** A Tuesday just before ten in Berlin. */
const runAt = Date.parse('2026-03-17T08:59:50Z');
const campaignAt = Date.parse('2026-03-23T09:30:00Z');
const restartAt = Date.parse('2026-04-08T10:30:00Z');
const endAt = Date.parse('2026-04-22T10:30:00Z');

/**
 * Invoices under way move to a second version, an experiment puts customers under another policy, a segment runs, a campaign with a holdout writes to everybody who owes, a third version begins ladders anew,
 * and the experiment is ended and its customers go back.
 */
export function actsOf({ second, third }: Sources): readonly Act[] {
  let experiment = 0;
  const ten = Date.parse('2026-03-17T09:00:00Z');
  return [
    { at: moveAt, what: 'move to version 2', carryOut: publish(second, { choice: 'move', mapping: { [movedStep.from]: movedStep.to }, reason: 'An earlier call' }) },
    { at: tryAt, what: 'launch an experiment on policies', carryOut: async (post) => { experiment = await launch(post, experimentKey, experimentDocument); } },
    { at: runAt, until: ten, what: 'a segment runs', carryOut: async (post) => void (await post('/clock/advance', { to: new Date(ten).toISOString() })) },
    { at: campaignAt, what: 'launch a campaign', carryOut: async (post) => void (await launch(post, campaignKey, campaignDocument)) },
    { at: restartAt, what: 'begin anew under version 3', carryOut: publish(third, { choice: 'restart', missed: 'pass', reason: 'A later talk' }) },
    { at: endAt, what: 'end the experiment', carryOut: async (post) => void (await post(`/campaigns/${experiment}/end-experiment`, { afterwards: 'go-back', reason: 'Seen enough' })) },
  ];
}

const migrations = (where: string): string => `SELECT g.id AS migration, v.policy || '@' || v.version AS "to", g.rules ->> 'mode' AS mode, g.state, g.moved, g.total FROM policy_migrations g JOIN policy_versions v ON v.id = g.to_version_id WHERE g.state = 'running' AND ${where}`;

/** What must be hit in the middle, and the rows that show that it is. */
export const aims: readonly Aim[] = [
  { what: 'a page of a move is being written', from: moveAt, gate: 'a page of a move', victims: ['worker', 'postgres'], proof: migrations(`g.scope ->> 'kind' = 'versions'`) },
  {
    what: 'a segment pages through its members', from: runAt, gate: 'a page of a segment run', victims: ['worker', 'postgres'],
    proof: `SELECT s.key AS segment, r.number AS run, r.state, r.page_after AS "pageAfter", (SELECT count(*) FROM segment_decisions d WHERE d.run_id = r.id)::int AS decided, (SELECT count(*) FROM segment_members m WHERE m.segment_id = s.id)::int AS members
            FROM segment_runs r JOIN segments s ON s.id = r.segment_id WHERE r.state = 'running' AND r.page_after IS NOT NULL`,
  },
  {
    what: 'a campaign hands over', from: campaignAt, gate: 'the hand-over of a campaign', victims: ['worker', 'postgres'],
    proof: `SELECT k.key AS campaign, r.state, m.id AS message, m.state AS "messageState" FROM campaign_runs r JOIN campaigns k ON k.id = r.campaign_id JOIN campaign_acts a ON a.run_id = r.id JOIN messages m ON m.id = a.message_id
            WHERE r.state = 'running' AND m.state = 'sending' ORDER BY m.id`,
  },
  { what: 'ladders are begun anew', from: restartAt, gate: 'a page of a move', victims: ['temporal', 'worker'], proof: migrations(`g.rules ->> 'mode' = 'restart'`) },
  {
    what: 'an experiment is being ended', from: endAt, gate: 'the end of an experiment', victims: ['api', 'worker', 'postgres'],
    proof: `SELECT k.key AS experiment, k.state, k.experiment_ended_at AS "endedAt", (SELECT count(*) FROM policy_assignments a WHERE a.assigned_by = 'Experiment ' || k.key)::int AS assigned
            FROM campaigns k WHERE k.key = '${experimentKey}' AND k.experiment_ended_at IS NULL`,
  },
  {
    what: 'customers of an ended experiment go back', from: endAt, gate: 'a page of a move', victims: ['worker', 'postgres'],
    proof: migrations(`EXISTS (SELECT FROM campaign_runs r JOIN campaigns k ON k.id = r.campaign_id WHERE r.id = (g.scope ->> 'runId')::bigint AND k.experiment_ended_at IS NOT NULL)`),
  },
];

const publish = (source: string, underWay: object): Act['carryOut'] => async (post) => {
  const { id, rowVersion } = (await post('/policy-drafts', { source })) as { id: number; rowVersion: number };
  await post(`/policy-drafts/${id}/publish`, { rowVersion, activate: true, underWay });
};

const campaignDocument = {
  title: 'Before the quarter ends',
  audience: { when: { all: [{ field: 'invoice.daysPastDue', op: '>', value: 0 }, { field: 'customer.tier', op: '!=', value: 'steady' }] }, mode: 'frozen' },
  schedule: { kind: 'now' },
  steps: [
    { id: 'first', afterDays: 0, action: { kind: 'email', template: 'overdue' } },
    { id: 'again', afterDays: 6, action: { kind: 'email', template: 'overdue' } },
    { id: 'call', afterDays: 5, action: { kind: 'escalate', template: 'overdue', task: { queue: 'Customer Care', title: 'Nobody answered the campaign' }, audience: 'credit-manager' } },
  ],
  experiment: { holdoutPercent: 30, horizonDays: 30 },
};

const experimentDocument = {
  title: 'Gentle or as before',
  audience: { when: { field: 'customer.tier', op: '=', value: 'tried' }, mode: 'frozen' },
  schedule: { kind: 'now' },
  steps: [],
  experiment: { holdoutPercent: 0, horizonDays: 30, variants: [{ name: 'as-before', percent: 25 }, { name: 'gentle', percent: 75, policy: 'gentle' }] },
};

async function launch(post: Parameters<Act['carryOut']>[0], key: string, document: object): Promise<number> {
  const { id } = (await post('/campaigns', { key, document })) as { id: number };
  await post(`/campaigns/${id}/launch`, {});
  return id;
}
