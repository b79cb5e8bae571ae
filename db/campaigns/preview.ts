import type { Knex } from 'knex';
import { dayMs, type InstantMs, type LocalDate } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import { decideMember } from '../../domain/campaign/decideMember';
import { eventDays, previewedMax } from '../../domain/campaign/previewed';
import { nextRunAt } from '../../domain/campaign/nextRun';
import type { Campaign, CampaignStep, LeftOutCode } from '../../domain/campaign/types';
import { holdout } from '../../domain/experiment/assign';
import { contactNow, readCandidates } from '../automations/candidates';
import { drawGroup, newestEvent, nextEntrants, openOfSql, thoseMeant, type Entrant, type EntrantsOf } from './enrol';

/** A campaign as it would be launched. */
export interface Launch {
  key: string;
  campaign: Campaign;
  /** How many runs it has had. */
  runs: number;
  /** When its next run begins, where that is decided. */
  nextRunAt: InstantMs | null;
}

/** What would become of a customer: drawn for the holdout; done to, or written to, at `at`; left alone, and why. 'joins': there is no step. */
export type PreviewOutcome = 'acts' | 'left-out' | 'held-out' | 'joins';

export interface PreviewedCustomer {
  customerId: number;
  customerName: string;
  group: string;
  outcome: PreviewOutcome;
  /** Of 'acts': whether the customer is written to. */
  writes: boolean;
  at: Date | null;
  /** The same where the customer is. */
  on: LocalDate | null;
  code: LeftOutCode | null;
  reason: string | null;
  balances: { currency: string; openMinor: number }[];
}

const pageSize = 500;
/** Entrants looked at for one page of a list. */
const lookedMax = 5_000;
const atOnce = 3;

export interface CampaignPreview {
  at: Date;
  startsAt: Date;
  basis: 'audience' | 'events';
  /** The segment's members, whether or not they owe anything; null where none is named. */
  inSegment: number | null;
  isCut: boolean;
  joins: number;
  acts: number;
  writes: number;
  leftOut: { code: LeftOutCode; reason: string; customers: number }[];
  groups: { group: string; percent: number; customers: number; acts: number; template: string | null; policy: string | null }[];
  money: { currency: string; customers: number; openMinor: number; actsMinor: number; leftOutMinor: number; heldOutMinor: number }[];
  firstStep: { id: string; kind: CampaignStep['action']['kind']; days: { on: LocalDate; customers: number }[] } | null;
}

/** What a launch now would come to, by the code that the run itself goes by. Writes nothing. */
export async function previewCampaign(db: Knex, launch: Launch, now: InstantMs): Promise<CampaignPreview> {
  const run = await runOf(db, launch, now, 0);
  const entrants = await nextEntrants(db, run, now, previewedMax + 1);
  const tally = new Tally(launch.campaign);
  const looked = entrants.slice(0, previewedMax);
  for (let start = 0; start < looked.length; start += pageSize * atOnce) {
    // While one page is being thought about the database reads another.
    const pages = await Promise.all(Array.from({ length: atOnce }, (_, page) => previewed(db, launch, looked.slice(start + page * pageSize, start + (page + 1) * pageSize), now)));
    for (const customer of pages.flat()) tally.add(customer);
  }
  return {
    at: new Date(now), startsAt: new Date(startOf(launch, now)), basis: launch.campaign.schedule.kind === 'event' ? 'events' : 'audience', inSegment: await countMembers(db, launch.campaign.audience.segment),
    isCut: entrants.length > previewedMax, ...tally.told(),
  };
}

/** The customers of a preview, one page of them, by id. Looks at as many as it takes to fill the page, up to a bound: a page may be short, or empty, and others follow. */
export async function listPreviewed(db: Knex, launch: Launch, filter: { outcome?: readonly PreviewOutcome[] }, now: InstantMs, afterId: number, limit: number): Promise<{ rows: PreviewedCustomer[]; next: number | null }> {
  const rows: PreviewedCustomer[] = [];
  let looked = 0;
  let run = await runOf(db, launch, now, afterId);
  for (;;) {
    const entrants = await nextEntrants(db, run, now, pageSize);
    rows.push(...(await previewed(db, launch, entrants, now)).filter(({ outcome }) => filter.outcome === undefined || filter.outcome.includes(outcome)));
    if (rows.length > limit) return { rows: rows.slice(0, limit), next: rows[limit - 1]!.customerId };
    if (entrants.length < pageSize) return { rows, next: null };
    const last = entrants.at(-1)!.id;
    looked += entrants.length;
    if (looked >= lookedMax) return { rows, next: last };
    run = { ...run, enrolAfter: last };
  }
}

async function runOf(db: Knex, { campaign }: Launch, now: InstantMs, afterId: number): Promise<EntrantsOf> {
  const byEvent = campaign.schedule.kind === 'event';
  return { id: 0, campaign, startedAt: new Date(byEvent ? now - eventDays * dayMs : now), enrolAfter: afterId, eventsAfter: 0, eventsUpto: byEvent ? await newestEvent(db) : null };
}

function startOf({ campaign, nextRunAt: decided }: Launch, now: InstantMs): InstantMs {
  return Math.max(now, decided ?? nextRunAt(campaign.schedule, now, null) ?? now);
}

/** What becomes of a page of entrants: the facts are those of now, the first step's time is its own. */
async function previewed(db: Knex, launch: Launch, entrants: readonly Entrant[], now: InstantMs): Promise<PreviewedCustomer[]> {
  if (entrants.length === 0) return [];
  const { campaign, key, runs } = launch;
  const meant = await thoseMeant(db, campaign, entrants, now);
  const ids = meant.map(({ entrant }) => entrant.id);
  const unread = meant.filter(({ invoices }) => invoices === null).map(({ entrant }) => entrant.id);
  const read = await readCandidates(db, unread.map((customerId) => ({ customerId, invoiceId: null })));
  const candidates = new Map(unread.map((id, index) => [id, read[index] ?? []]));
  const { names, balances } = await readPeople(db, ids);
  const [step] = campaign.steps;
  const dueAt = startOf(launch, now) + (step?.afterDays ?? 0) * dayMs;
  return meant.map(({ entrant, invoices }): PreviewedCustomer => {
    const group = drawGroup({ key, run: runs + 1, campaign }, entrant.external_id);
    const customer = { customerId: entrant.id, customerName: names.get(entrant.id) ?? '', group, writes: false, at: null, on: null, code: null, reason: null, balances: balances.get(entrant.id) ?? [] };
    if (group === holdout) return { ...customer, outcome: 'held-out' };
    if (!step) return { ...customer, outcome: 'joins' };
    const theirs = invoices ?? candidates.get(entrant.id) ?? [];
    const decision = decideMember({ step, invoices: theirs, responses: [], dueAt, now: dueAt, contact: (invoice) => contactNow(invoice, dueAt) });
    if (decision.kind === 'stop') return { ...customer, outcome: 'left-out', code: decision.why.code, reason: decision.why.words };
    const at = decision.kind === 'later' ? decision.until : dueAt;
    // Whoever has to wait for the window is to be written to.
    return { ...customer, outcome: 'acts', writes: decision.kind === 'later' || decision.writes, at: new Date(at), on: localDateAt(at, theirs[0]?.customer.timeZone ?? 'UTC'), reason: decision.kind === 'later' ? decision.reason : null };
  });
}

async function readPeople(db: Knex, ids: readonly number[]): Promise<{ names: Map<number, string>; balances: Map<number, PreviewedCustomer['balances']> }> {
  const { rows: people } = await db.raw<{ rows: { id: number; name: string }[] }>('SELECT id, name FROM customers WHERE id = ANY(?)', [[...ids]]);
  const { rows: owed } = await db.raw<{ rows: { customer_id: number; currency: string; open_minor: number }[] }>(
    `WITH asked AS (SELECT unnest(?::bigint[]) AS customer_id) SELECT * FROM (${openOfSql('asked')}) o ORDER BY customer_id, currency`, [[...ids]]);
  const balances = new Map<number, PreviewedCustomer['balances']>();
  for (const { customer_id, currency, open_minor } of owed) balances.set(customer_id, [...(balances.get(customer_id) ?? []), { currency, openMinor: open_minor }]);
  return { names: new Map(people.map(({ id, name }) => [id, name])), balances };
}

async function countMembers(db: Knex, segment: string | null): Promise<number | null> {
  if (segment === null) return null;
  const { rows: [row] } = await db.raw<{ rows: { members: number }[] }>('SELECT count(*)::integer AS members FROM segment_members m JOIN segments s ON s.id = m.segment_id WHERE s.key = ?', [segment]);
  return row?.members ?? 0;
}

/** Adds customers up. Money of different currencies is never added. */
class Tally {
  private joins = 0;
  private acts = 0;
  private writes = 0;
  private readonly leftOut = new Map<string, CampaignPreview['leftOut'][number]>();
  private readonly money = new Map<string, CampaignPreview['money'][number]>();
  private readonly days = new Map<LocalDate, number>();
  private readonly groups: Map<string, CampaignPreview['groups'][number]>;

  constructor(private readonly campaign: Campaign) {
    const { experiment, steps: [step] } = campaign;
    const own = step && step.action.kind !== 'task' ? step.action.template : null;
    const drawn = experiment?.groups ?? [{ name: 'all', percent: 100 }];
    this.groups = new Map(drawn.map(({ name, percent }) => [name, {
      group: name, percent, customers: 0, acts: 0, template: name === holdout ? null : ((step && experiment?.templates[name]?.[step.id]) ?? own), policy: experiment?.policies?.[name] ?? null,
    }]));
  }

  add({ group, outcome, writes, on, code, reason, balances }: PreviewedCustomer): void {
    this.joins += 1;
    const drawn = this.groups.get(group);
    if (drawn) drawn.customers += 1;
    if (outcome === 'acts') {
      this.acts += 1;
      if (drawn) drawn.acts += 1;
      if (writes) this.writes += 1;
      if (on !== null) this.days.set(on, (this.days.get(on) ?? 0) + 1);
    }
    if (code !== null) {
      const same = this.leftOut.get(code) ?? { code, reason: reasonOf(code, reason), customers: 0 };
      this.leftOut.set(code, { ...same, customers: same.customers + 1 });
    }
    for (const { currency, openMinor } of balances) {
      const sum = this.money.get(currency) ?? { currency, customers: 0, openMinor: 0, actsMinor: 0, leftOutMinor: 0, heldOutMinor: 0 };
      this.money.set(currency, {
        currency, customers: sum.customers + 1, openMinor: sum.openMinor + openMinor, actsMinor: sum.actsMinor + (outcome === 'acts' ? openMinor : 0),
        leftOutMinor: sum.leftOutMinor + (outcome === 'left-out' ? openMinor : 0), heldOutMinor: sum.heldOutMinor + (outcome === 'held-out' ? openMinor : 0),
      });
    }
  }

  told(): Pick<CampaignPreview, 'joins' | 'acts' | 'writes' | 'leftOut' | 'groups' | 'money' | 'firstStep'> {
    const [step] = this.campaign.steps;
    const days = [...this.days].map(([on, customers]) => ({ on, customers })).sort((one, other) => (one.on < other.on ? -1 : 1));
    return {
      joins: this.joins, acts: this.acts, writes: this.writes, leftOut: [...this.leftOut.values()].sort((one, other) => other.customers - one.customers), groups: [...this.groups.values()],
      money: [...this.money.values()].sort((one, other) => other.customers - one.customers || (one.currency < other.currency ? -1 : 1)), firstStep: step ? { id: step.id, kind: step.action.kind, days } : null,
    };
  }
}

/** Of spacing and caps each customer's reason names its own days. */
function reasonOf(code: LeftOutCode, reason: string | null): string {
  return code === 'spacing' || code === 'cap' ? 'the rules of contact allow none for a month' : (reason ?? code);
}
