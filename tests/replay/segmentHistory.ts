import type { Knex } from 'knex';
import { systemActor } from '../../db/audit/actor';
import { readClock } from '../../db/clock/clock';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { controlRun, setRun, type RunControl } from '../../db/segments/controlRun';
import { createSegment } from '../../db/segments/segments';
import { readRun, type SegmentRunDocument } from '../../domain/segment/readRun';
import type { Deployment } from '../collection/deployment';

/** What happens to a segment of three customers who owe; its workflow's history afterwards is what later code has to replay. */
export interface SegmentLife {
  name: string;
  run: SegmentRunDocument;
  happen(act: SegmentActs): Promise<void>;
  /** A run of it that continued as new, on a server that asks for that early. */
  continuesAsNew?: true;
}

export interface SegmentActs {
  toDay(day: number): Promise<void>;
  control(control: RunControl): Promise<void>;
  /** Takes the schedule away, which ends the workflow. */
  unschedule(): Promise<void>;
}

const dayMs = 86_400_000;
/** Every Tuesday at ten; the scenarios start on a Monday. */
const everyTuesday: SegmentRunDocument = {
  rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'UTC', atMinute: 600, holidays: null, when: null, invoices: { which: 'open', where: null }, minimumDaysBetween: 2,
  actions: [
    { kind: 'email', template: 'account-summary', to: ['billing'] }, { kind: 'task', queue: 'collections', title: 'Call {customer}', instructions: null, dueInDays: 1 }, { kind: 'notify', audience: 'sales', title: 'Told' },
  ],
};
const everyMonth: SegmentRunDocument = {
  ...everyTuesday, rhythm: { every: 'month-business-day', nth: 1 }, actions: [{ kind: 'statement', template: 'statement', to: ['billing'], sendWhen: 'open' }],
};

export const segmentLives: readonly SegmentLife[] = [
  { name: 'segment-email-task-and-notice', run: everyTuesday, happen: async ({ toDay, unschedule }) => { await toDay(10); await unschedule(); } },
  {
    name: 'segment-paused-resumed-and-run-now', run: everyTuesday,
    happen: async ({ toDay, control, unschedule }) => { await toDay(3); await control('pause'); await toDay(13); await control('resume'); await control('skip-next'); await toDay(17); await control('run-now'); await toDay(24); await unschedule(); },
  },
  { name: 'segment-monthly-statements', run: everyMonth, happen: async ({ toDay, unschedule }) => { await toDay(60); await unschedule(); } },
  { name: 'segment-continued-as-new', run: everyTuesday, happen: ({ toDay }) => toDay(40), continuesAsNew: true },
];

/** Lives it through on the manual clock. Answers the segment's id. */
export async function liveSegment({ knex, advanceTo, settle }: Deployment, { run, happen }: SegmentLife): Promise<number> {
  const { now } = await readClock(knex);
  const ids = ['ONE', 'TWO', 'THREE'];
  const context = { actor: systemActor, at: new Date(now) };
  await upsertCustomers(knex, context, ids.map((externalId) => ({ externalId, name: externalId, contacts: [{ role: 'billing', email: `${externalId.toLowerCase()}@example.com` }] })));
  await upsertInvoices(knex, context, ids.map((id) => ({ externalId: `I-${id}`, customerExternalId: id, issuedOn: '2025-10-01', dueOn: '2025-10-15', currency: 'USD', totalMinor: 100_000 })));
  await settle();
  const { id } = await knex.transaction((trx) => createSegment(trx, systemActor, 'all-open', { title: 'Open', description: null, condition: { invoices: 'some' } }, now));
  const read = readRun(run);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const change = async (act: (trx: Knex.Transaction, at: number) => Promise<void>): Promise<void> => {
    const { now: at } = await readClock(knex);
    await knex.transaction((trx) => act(trx, at));
    await settle();
  };
  await change((trx, at) => setRun(trx, systemActor, id, read.run, true, at));
  await happen({
    toDay: (day) => advanceTo(now + day * dayMs),
    control: (control) => change((trx, at) => controlRun(trx, systemActor, id, control, at)),
    unschedule: () => change((trx, at) => setRun(trx, systemActor, id, null, false, at)),
  });
  return id;
}
