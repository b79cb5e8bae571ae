import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { inThreads } from '../../api/preview/startPreview';
import { threadsPerPreview } from '../../api/preview/threads';
import { systemActor } from '../../db/audit';
import { publishPolicy } from '../../db/policies';
import { setRun } from '../../db/segments/controlRun';
import { createSegment } from '../../db/segments/segments';
import { createPreview, findPreview, type PreviewRequest } from '../../db/policies/previews';
import { addDays } from '../../domain/calendar/dates';
import { defaultMoveRules } from '../../domain/migration/moveRules';
import { readRun, type SegmentRunDocument } from '../../domain/segment/readRun';
import { startEngines } from '../processes/engines';
import { rounded, timed, type Bench, type Figure } from './figure';
import { importLedger } from './importLedger';
import { unpaidLedger } from './ledger';
import { referencePolicy } from './policies';

const secondsMax = 5;
const days = 60;

/** A draft with another offset, beside what is done today, over 60 days on 50,000 invoices under collection: read, moved, and lived through twice. */
export const preview: Bench = async ({ scale, say }) => {
  const invoices = Math.round(50_000 * scale);
  const engines = await startEngines('bench-preview', say);
  try {
    const { knex } = engines;
    const today = new Date().toISOString().slice(0, 10);
    const { policy, source } = referencePolicy();
    const { id: versionId } = await knex.transaction((trx) => publishPolicy(trx, { policy, source, actor: systemActor }));
    say(`preview: importing ${invoices} invoices`);
    await importLedger(knex, unpaidLedger({ invoices, invoicesPerCustomer: 10, issuedFrom: addDays(today, -60), issuedOverDays: 50, termsDays: 30 }), engines.folder);
    await knex.raw(`INSERT INTO collections (invoice_id, customer_id, policy_version_id, started_at) SELECT id, customer_id, ?, now() FROM invoices WHERE open_minor > 0 ON CONFLICT DO NOTHING`, [versionId]);
    await knex.raw('ANALYZE');
    const request = { source: source.replace('offset: { days: 7 }', 'offset: { days: 9 }').replace('version: 1', 'version: 2'), policies: [policy.policy], rules: defaultMoveRules, days };
    say('preview: working it out');
    // Once from nothing, where the threads have to load the product, and then as the console has it: opening a draft has started them.
    const cold = await measured(knex, request);
    const warm = await measured(knex, request);
    await letSegmentsRun(knex);
    say('preview: working it out beside segments');
    const beside = await measured(knex, request);
    const figure = { bench: 'preview', unit: 's', baseline: null, ratio: null, target: `≤ ${secondsMax} s` } as const;
    const limit = ({ processorSeconds }: Measured): string => `processor time: ${rounded(processorSeconds / threadsPerPreview)} s on each of ${threadsPerPreview} cores for reading and both lives, beside the database that finds the next customers`;
    const figures: Figure[] = [
      {
        ...figure, what: `${invoices} invoices, ${days} days, today and draft`, value: warm.seconds, reached: warm.seconds <= secondsMax, limit: limit(warm),
        notes: { 'seconds with threads to start': cold.seconds, 'processor seconds, without the database': warm.processorSeconds, customers: warm.result?.customers ?? 0, 'emails today': warm.result?.today.emails ?? 0, 'emails under the draft': warm.result?.draft.emails ?? 0 },
      },
      {
        ...figure, what: `${invoices} invoices, ${days} days, today and draft, beside two segments that everybody comes to be in`, value: beside.seconds, reached: beside.seconds <= secondsMax, limit: limit(beside),
        notes: { 'processor seconds, without the database': beside.processorSeconds, 'emails of segments today': beside.result?.today.segmentEmails ?? 0, 'emails of segments under the draft': beside.result?.draft.segmentEmails ?? 0, statements: beside.result?.today.statements ?? 0 },
      },
    ];
    return figures;
  } finally {
    await engines.stop();
  }
};

type Measured = Awaited<ReturnType<typeof measured>>;

async function measured(knex: Knex, request: PreviewRequest) {
  const id = randomUUID();
  await createPreview(knex, id, request, 'bench');
  const usedBefore = process.cpuUsage();
  const { seconds } = await timed(() => inThreads(knex, id));
  const used = process.cpuUsage(usedBefore);
  return { seconds, processorSeconds: (used.user + used.system) / 1_000_000, result: (await findPreview(knex, id))?.result };
}

const weekly: SegmentRunDocument = {
  rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'UTC', atMinute: 540, holidays: null, when: null, invoices: { which: 'overdue', where: null }, minimumDaysBetween: 3, actions: [{ kind: 'email', template: 'account-summary', to: ['billing'] }],
};
const monthly: SegmentRunDocument = { ...weekly, rhythm: { every: 'month-business-day', nth: 1 }, invoices: { which: 'open', where: null }, actions: [{ kind: 'statement', template: 'statement', to: ['billing'], sendWhen: 'open-or-moved' }] };

/** A segment that writes every week to whoever is overdue, and statements for everybody every month. */
async function letSegmentsRun(knex: Knex): Promise<void> {
  for (const [key, condition, document] of [['late', { field: 'customer.overdueShare', op: '>', value: 0 }, weekly], ['everyone', { field: 'customer.openInvoices', op: '>=', value: 0 }, monthly]] as const) {
    const read = readRun(document);
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    await knex.transaction(async (trx) => {
      const { id } = await createSegment(trx, systemActor, key, { title: key, description: null, condition }, Date.now());
      await setRun(trx, systemActor, id, read.run, false, Date.now());
    });
  }
}
