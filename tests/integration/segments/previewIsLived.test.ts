import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { compareSlices, workOutPreview } from '../../../api/preview/workOut';
import { simulateLedger } from '../../../api/routes/simulation';
import { compareRows } from '../../../cli/replay/compare';
import { feedLedger, mergeTimelines } from '../../../cli/replay/feed';
import { makeSegments, prepareDatabase } from '../../../cli/replay/prepare';
import { readSegmentFile } from '../../../cli/segmentFile';
import { readDecisionRows } from '../../../db/collection/decisionRows';
import { startablePolicies } from '../../../db/policies';
import { createPreview, findPreview, type PreviewResult } from '../../../db/policies/previews';
import { readLiveLedger, readLiveSegments } from '../../../db/readmodels/liveLedger';
import { readSegmentDecisionRows } from '../../../db/segments/decisionRows';
import { defaultMoveRules } from '../../../domain/migration/moveRules';
import type { SegmentDecisionRow } from '../../../domain/simulation/segments';
import { simulateLive, type LiveLedger } from '../../../domain/simulation/simulateLive';
import { ledgerTimeline } from '../../../domain/simulation/timeline';
import { referencePolicy, startDeployment, type Deployment } from '../../collection/deployment';
import { generatedLedger } from '../../collection/generatedLedger';

jest.setTimeout(900_000);

const dayMs = 86_400_000;
const previewDays = 45;
/** A Tuesday, half past nine in Berlin: the week's run of "large" began half an hour ago, and customers elsewhere wait for their hour in it. */
const previewedAt = Date.parse('2026-02-24T08:30:00Z');
const end = previewedAt + previewDays * dayMs;
/** Whoever waits in a run at the end has not been told what came of it. */
const settledBy = end - 14 * dayMs;

let deployment: Deployment;
afterAll(() => deployment.stop());

async function previewed(source: string): Promise<PreviewResult> {
  const id = randomUUID();
  await createPreview(deployment.knex, id, { source, policies: ['reference'], rules: defaultMoveRules, days: previewDays }, 'x');
  await workOutPreview(deployment.knex, id, [(task, onSlice) => compareSlices(deployment.knex, task, onSlice)]);
  return (await findPreview(deployment.knex, id))!.result!;
}

test('what the preview of today’s version says of steps and of the runs of segments is what the running system then does, row for row and in its figures', async () => {
  const ledger = generatedLedger({ seed: 13, customers: 24, invoices: 50, from: '2026-01-20', days: 25 });
  const instants = mergeTimelines(ledgerTimeline(ledger, '2026-01-20'), () => previewedAt);
  const start = instants[0]!.at - 1;
  const reference = referencePolicy();
  deployment = await startDeployment({ startsAt: new Date(start).toISOString(), policy: reference });
  const { knex } = deployment;
  await prepareDatabase(knex, ledger, [], start);
  await makeSegments(knex, await readSegmentFile(path.join(__dirname, '../../collection/segments.yaml')), start);
  await feedLedger({ knex, instants, end: previewedAt });

  // Nobody pays any more: the preview assumes so too.
  const ledgers: LiveLedger[] = [];
  for await (const slice of readLiveLedger(knex)) ledgers.push(...slice);
  expect(ledgers.filter(({ waits }) => waits !== undefined).length).toBeGreaterThan(0);
  // It is about those who owe something.
  const owing = new Set(ledgers.filter(({ collected }) => collected.some(({ invoice }) => invoice.openMinor > 0)).map(({ customer }) => customer.externalId));
  const runs: SegmentDecisionRow[] = [];
  const surroundings = { others: await startablePolicies(knex), segments: { of: await readLiveSegments(knex), onDecision: (row: SegmentDecisionRow) => void runs.push(row) } };
  const steps = simulateLive(ledgers, previewedAt + 1, end, surroundings);
  const { today, draft, changedCustomers, segments } = await previewed(reference.source.replace('version: 1', 'version: 2'));
  const spaced = await previewed(reference.source.replace('version: 1', 'version: 2').replace(/minimumDaysBetween: \d+/, 'minimumDaysBetween: 21'));
  const simulated = await simulateLedger(knex, { days: previewDays, draft: null, decisionsMax: 0 });
  const before = (await readDecisionRows(knex)).length;

  await feedLedger({ knex, instants: [], end });
  const decided = (await readDecisionRows(knex)).slice(before);
  expect(decided.length).toBeGreaterThan(60);
  expect(compareRows(steps, decided)).toEqual([]);
  const isSettled = ({ at, customer }: SegmentDecisionRow): boolean => Date.parse(at) < settledBy && owing.has(customer);
  const ran = (await readSegmentDecisionRows(knex, '2026-01-01', '2026-12-31')).filter(({ at }) => Date.parse(at) > previewedAt);
  expect(ran.filter(isSettled).length).toBeGreaterThan(60);
  expect(compareRows(runs.filter(isSettled), ran.filter(isSettled))).toEqual([]);

  // The figures are those of what was done.
  const { rows: [done] } = await knex.raw<{ rows: Record<string, number>[] }>(
    `WITH owing AS (SELECT id AS customer_id FROM customers WHERE external_id = ANY (:owing)), made AS (SELECT d.action FROM decisions d JOIN owing USING (customer_id) WHERE d.outcome = 'executed' AND d.at > :at),
       sent AS (SELECT m.source FROM messages m JOIN owing USING (customer_id) WHERE m.queued_at > :at)
     SELECT (SELECT count(*)::int FROM made WHERE action = 'email') AS emails, (SELECT count(*)::int FROM sent WHERE source = 'segment') AS "segmentEmails", (SELECT count(*)::int FROM sent WHERE source = 'statement') AS statements,
       (SELECT count(*)::int FROM made WHERE action = 'task') + (SELECT count(*)::int FROM tasks JOIN owing USING (customer_id) WHERE key LIKE 'segment:%' AND created_at > :at) AS tasks`, { at: new Date(previewedAt), owing: [...owing] });
  expect(today).toMatchObject(done!);
  // There is something of each to be right about.
  expect(Object.entries(done!).filter(([, count]) => count < 2)).toEqual([]);
  expect(segments.map(({ segment, runs: begun }) => `${segment} ${begun}`)).toEqual(['everyone 2', 'large 6', 'late 2', 'payers 7']);
  expect(segments.reduce((sum, each) => sum + each.today.segmentEmails, 0)).toBe(done!.segmentEmails);
  // A simulation of this ledger tells the same of the segments, day by day and in all.
  const summed = (key: 'segmentEmails' | 'statements'): number => simulated.days.reduce((sum, day) => sum + day[key], 0);
  expect([summed('segmentEmails'), summed('statements')]).toEqual([done!.segmentEmails, done!.statements]);
  expect(simulated.segments).toEqual(segments.map(({ segment, title, today: ofRuns }) => ({ segment, title, ...ofRuns })));
  // The same version changes nothing; one with three weeks between contacts keeps runs back too.
  expect({ draft, changedCustomers }).toEqual({ draft: today, changedCustomers: 0 });
  expect(spaced.today).toEqual(today);
  expect(spaced.draft.segmentEmails).toBeLessThan(today.segmentEmails);
  expect(spaced.changedCustomers).toBeGreaterThan(0);
});
