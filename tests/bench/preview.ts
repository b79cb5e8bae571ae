import { randomUUID } from 'node:crypto';
import { inThreads } from '../../api/preview/startPreview';
import { threadsPerPreview } from '../../api/preview/threads';
import { systemActor } from '../../db/audit';
import { publishPolicy } from '../../db/policies';
import { createPreview, findPreview } from '../../db/policies/previews';
import { addDays } from '../../domain/calendar/dates';
import { defaultMoveRules } from '../../domain/migration/moveRules';
import { startEngines } from '../processes/engines';
import { rounded, timed, type Bench } from './figure';
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
    const [id, warmId] = [randomUUID(), randomUUID()];
    await createPreview(knex, id, request, 'bench');
    // Once from nothing, where the threads have to load the product, and once as the console has it: opening a draft has started them.
    const { seconds: coldSeconds } = await timed(() => inThreads(knex, id));
    await createPreview(knex, warmId, request, 'bench');
    const usedBefore = process.cpuUsage();
    const { seconds } = await timed(() => inThreads(knex, warmId));
    const used = process.cpuUsage(usedBefore);
    const result = (await findPreview(knex, id))?.result;
    return [{
      bench: 'preview', what: `${invoices} invoices, ${days} days, today and draft`, value: seconds, unit: 's', baseline: null, ratio: null, target: `≤ ${secondsMax} s`, reached: seconds <= secondsMax,
      limit: `processor time: ${rounded((used.user + used.system) / 1_000_000 / threadsPerPreview)} s on each of ${threadsPerPreview} cores for reading and both lives, beside the database that finds the next customers`,
      notes: { 'seconds with threads to start': coldSeconds, 'processor seconds, without the database': (used.user + used.system) / 1_000_000, customers: result?.customers ?? 0, 'emails today': result?.today.emails ?? 0, 'emails under the draft': result?.draft.emails ?? 0 },
    }];
  } finally {
    await engines.stop();
  }
};
