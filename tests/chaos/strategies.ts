import { join } from 'node:path';
import { readSegmentFile, type SegmentOfFile } from '../../cli/segmentFile';
import type { InstantMs } from '../../domain/calendar/dates';

/** What a credit manager does at an instant of the ledger's life, by the API. */
export interface Act {
  at: InstantMs;
  what: string;
  carryOut(post: (path: string, body: unknown) => Promise<unknown>): Promise<void>;
}

/** The step that the second version moves, and where it moves to. */
export const movedStep = { from: 'call-14', to: 'call-12' };
/** Versions of the policy that were published on the way; the last one is under way at the end. */
export const lastVersion = 3;
export const campaignKey = 'spring';

export const readSegments = (): Promise<SegmentOfFile[]> => readSegmentFile(join(__dirname, 'segments.yaml'));

/**
 * Invoices under way move to a second version, a campaign with a holdout writes to everybody who owes, and a third version begins their ladders anew.
 * Until the first of these, what is decided is what the simulation says; after it, what must hold is asked of the rows.
 */
export function actsOf(source: string): readonly Act[] {
  const second = source.replace('\nversion: 1\n', '\nversion: 2\n').replace(`- id: ${movedStep.from}`, `- id: ${movedStep.to}`).replace('offset: { days: 14 }', 'offset: { days: 12 }');
  const third = second.replace('\nversion: 2\n', `\nversion: ${lastVersion}\n`).replace('offset: { days: 30 }', 'offset: { days: 33 }');
  if (new Set([source, second, third]).size < 3 || !second.includes(movedStep.to)) throw new Error('The reference strategy has changed: the versions of the fault run must be written anew.');
  return [
    { at: Date.parse('2026-03-10T10:30:00Z'), what: 'move to version 2', carryOut: publish(second, { choice: 'move', mapping: { [movedStep.from]: movedStep.to }, reason: 'An earlier call' }) },
    { at: Date.parse('2026-03-23T09:30:00Z'), what: 'launch a campaign', carryOut: launch },
    { at: Date.parse('2026-04-08T10:30:00Z'), what: 'begin anew under version 3', carryOut: publish(third, { choice: 'restart', missed: 'pass', reason: 'A later talk' }) },
  ];
}

const publish = (source: string, underWay: object): Act['carryOut'] => async (post) => {
  const { id, rowVersion } = (await post('/policy-drafts', { source })) as { id: number; rowVersion: number };
  await post(`/policy-drafts/${id}/publish`, { rowVersion, activate: true, underWay });
};

const launch: Act['carryOut'] = async (post) => {
  const document = {
    title: 'Before the quarter ends',
    audience: { when: { field: 'invoice.daysPastDue', op: '>', value: 0 }, mode: 'frozen' },
    schedule: { kind: 'now' },
    steps: [
      { id: 'first', afterDays: 0, action: { kind: 'email', template: 'overdue' } },
      { id: 'again', afterDays: 6, action: { kind: 'email', template: 'overdue' } },
      { id: 'call', afterDays: 5, action: { kind: 'task', queue: 'Customer Care', title: 'Nobody answered the campaign' } },
    ],
    experiment: { holdoutPercent: 20, horizonDays: 30 },
  };
  const { id } = (await post('/campaigns', { key: campaignKey, document })) as { id: number };
  await post(`/campaigns/${id}/launch`, {});
};
