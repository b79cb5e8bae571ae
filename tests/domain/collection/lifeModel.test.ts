import fc from 'fast-check';
import { addDays } from '../../../domain/calendar/dates';
import type { Collected, Decision, Turn } from '../../../domain/collection/decision';
import { decideNext } from '../../../domain/collection/decideNext';
import { decideTurn } from '../../../domain/collection/decideTurn';
import { noClaims, type CustomerFacts, type HoldRecord, type InvoiceFacts, type StepRecord } from '../../../domain/collection/facts';
import type { Policy } from '../../../domain/policy/types';
import { policies } from './generated';

/*
 * An account that lives through anything, in any order: what the database does with a turn, in memory. Checked after every turn: nothing is
 * decided twice, nothing is done twice, nothing is done that a person or a payment forbids, and every turn comes to an end.
 */
type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Life {
  id: number;
  dueOn: string;
  openMinor: number;
  paused: { until: number | null } | null;
  stopped: boolean;
  skips: string[];
  sendNow: string[];
  progress: Mutable<StepRecord>[];
  holds: Mutable<HoldRecord>[];
}
interface Message {
  contactOn: string | null;
  records: { life: Life; record: Mutable<StepRecord> }[];
  state: 'queued' | 'sent' | 'cancelled';
}

const hourMs = 3_600_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const totalMinor = 100_000;

class Account {
  now = start;
  lives: Life[] = [0, 1].map((id) => ({ id, dueOn: addDays('2026-01-10', id * 2), openMinor: totalMinor, paused: null, stopped: false, skips: [], sendNow: [], progress: [], holds: [] }));
  messages: Message[] = [];
  customerPause: { until: number | null } | null = null;

  constructor(private readonly policy: Policy, private readonly timeZone: string) {}

  private get customer(): CustomerFacts {
    const contacts = this.messages.flatMap(({ contactOn, state }) => (contactOn === null || state === 'cancelled' ? [] : [contactOn]));
    return {
      id: '1', externalId: 'c', timeZone: this.timeZone, country: null, region: null, language: 'en', businessUnit: null, tier: null, custom: {},
      reach: { kind: 'reachable' }, lastContactOn: contacts.sort().at(-1) ?? null, contactsOn: [...contacts].sort().reverse().slice(0, 31), pause: this.customerPause, ledgerVersion: 0,
    };
  }

  private get collected(): Collected[] {
    const balance = this.lives.reduce((sum, { openMinor }) => sum + openMinor, 0);
    return this.lives.map(({ id, dueOn, openMinor, paused, stopped, skips, sendNow, progress, holds }) => {
      const invoice: InvoiceFacts = {
        id: String(id), externalId: `i${id}`, issuedOn: '2026-01-01', dueOn, currency: 'USD', totalMinor, openMinor, ...noClaims, creditMinor: 0, customerBalanceMinor: balance,
        graceDays: null, documentState: 'issued', type: 'standard', businessUnit: null, custom: {}, control: { pause: paused, stopped, skips: [...skips], sendNow: [...sendNow] },
        progress: progress.map((each) => ({ ...each })), holds: holds.map((each) => ({ ...each })),
      };
      return { invoice, policy: this.policy };
    });
  }

  decide(): void {
    for (let round = 0; round < 32; round += 1) {
      const turn = decideTurn(this.customer, this.collected, this.now);
      if (turn.decisions.length === 0) return this.checkAtRest();
      this.record(turn);
    }
    throw new Error('still due after 32 rounds');
  }

  private record({ decisions, contacts }: Turn): void {
    const recorded = new Map<Decision, Mutable<StepRecord>>();
    for (const decision of decisions) {
      const life = this.lives[Number(decision.invoice.id)]!;
      const { step, action, occurrence, outcome, code, at, on, until } = decision;
      this.checkAllowed(life, decision);
      const record = { step, action, occurrence, outcome, reasonCode: code, at, on, until };
      const same = life.progress.filter((each) => each.step === step && each.action === action);
      if (outcome === 'deferred') expect(same.filter((each) => each.outcome === 'deferred' && each.occurrence === occurrence && each.reasonCode === code && each.until === until)).toEqual([]);
      else expect(same.filter((each) => each.outcome !== 'deferred' && each.occurrence === occurrence)).toEqual([]);
      if (outcome === 'executed' || outcome === 'covered') expect(same.filter((each) => each.outcome === 'executed' || each.outcome === 'covered')).toEqual([]);
      life.progress.push(record);
      recorded.set(decision, record);
      if (outcome === 'executed' && action === 'hold') life.holds.push({ step, releasedAt: null, releasedByItself: false });
      if (outcome === 'executed' && action === 'release') for (const hold of life.holds) if (hold.step === step && hold.releasedAt === null) Object.assign(hold, { releasedAt: at, releasedByItself: true });
    }
    for (const { lead, covered, contactOn } of contacts) {
      this.messages.push({ contactOn, state: 'queued', records: [lead, ...covered].map((each) => ({ life: this.lives[Number(each.invoice.id)]!, record: recorded.get(each)! })) });
    }
  }

  private checkAllowed(life: Life, { step, action, outcome }: Decision): void {
    if ((outcome !== 'executed' && outcome !== 'covered') || action.startsWith('release')) return;
    expect(life.openMinor).toBeGreaterThan(0);
    expect(life.stopped).toBe(false);
    const pauses = [life.paused, this.customerPause].filter((pause) => pause !== null && (pause.until === null || pause.until > this.now));
    if (!life.sendNow.includes(step)) expect(pauses).toEqual([]);
    // What speaks of a hold goes out while there is one.
    if (action === 'email' && this.policy.steps.find(({ id }) => id === step)!.actions.some(({ kind }) => kind === 'hold') && !life.sendNow.includes(step)) {
      expect(life.holds.filter((hold) => hold.step === step && hold.releasedAt !== null)).toEqual([]);
    }
  }

  private checkAtRest(): void {
    for (const collected of this.collected) {
      const plan = decideNext(this.customer, collected, this.now);
      expect(plan.kind).not.toBe('act');
      if (plan.kind === 'wait' && plan.until !== null) expect(plan.until).toBeGreaterThan(this.now);
      if (plan.kind === 'done' && collected.invoice.openMinor <= 0) expect(collected.invoice.holds.filter(({ releasedAt }) => releasedAt === null)).toEqual([]);
    }
  }

  /** Hands the oldest waiting message over, or takes what is settled or stopped out of it, as db/mail/refuse does. */
  handOver(): void {
    const message = this.messages.find(({ state }) => state === 'queued');
    if (!message) return;
    const standing = message.records.filter(({ life, record }) => record.action === 'release-notice' || (life.openMinor > 0 && !life.stopped));
    for (const { life, record } of message.records.filter((each) => !standing.includes(each))) {
      Object.assign(record, { outcome: 'suppressed', reasonCode: life.openMinor <= 0 ? 'paid-before-hand-over' : 'stopped' });
    }
    message.state = standing.length > 0 ? 'sent' : 'cancelled';
  }

  sleep(): void {
    const next = this.collected.flatMap((each) => {
      const plan = decideNext(this.customer, each, this.now);
      return plan.kind === 'wait' && plan.until !== null ? [plan.until] : [];
    });
    if (next.length > 0) this.now = Math.min(...next);
  }
}

type Event = (account: Account) => void;
const life = fc.nat(1);
const step = fc.nat(6);
const events: fc.Arbitrary<{ name: string; run: Event }> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ name: 'sleep', run: (account: Account) => account.sleep() }) },
  fc.integer({ min: 1, max: 240 }).map((hours) => ({ name: `${hours} hours`, run: (account: Account) => { account.now += hours * hourMs; } })),
  { weight: 2, arbitrary: fc.constant({ name: 'hand over', run: (account: Account) => account.handOver() }) },
  fc.tuple(life, fc.constantFrom(60_000, totalMinor)).map(([of, amount]) => ({ name: `pay ${amount} on ${of}`, run: (account: Account) => { account.lives[of]!.openMinor = Math.max(0, account.lives[of]!.openMinor - amount); } })),
  life.map((of) => ({ name: `reverse on ${of}`, run: (account: Account) => { account.lives[of]!.openMinor = totalMinor; } })),
  life.map((of) => ({ name: `stop ${of}`, run: (account: Account) => { account.lives[of]!.stopped = true; } })),
  life.map((of) => ({ name: `resume ${of}`, run: (account: Account) => { Object.assign(account.lives[of]!, { stopped: false, paused: null }); account.customerPause = null; } })),
  fc.tuple(life, fc.option(fc.integer({ min: 1, max: 300 }))).map(([of, hours]) => ({ name: `pause ${of} ${hours}`, run: (account: Account) => { account.lives[of]!.paused = { until: hours === null ? null : account.now + hours * hourMs }; } })),
  fc.option(fc.integer({ min: 1, max: 300 })).map((hours) => ({ name: `pause all ${hours}`, run: (account: Account) => { account.customerPause = { until: hours === null ? null : account.now + hours * hourMs }; } })),
  fc.tuple(life, step).map(([of, at]) => ({ name: `skip ${of} s${at}`, run: (account: Account) => { account.lives[of]!.skips.push(`s${at}`); } })),
  fc.tuple(life, step).map(([of, at]) => ({ name: `send ${of} s${at}`, run: (account: Account) => { account.lives[of]!.sendNow.push(`s${at}`); } })),
  fc.tuple(life, fc.integer({ min: 0, max: 60 })).map(([of, days]) => ({ name: `due ${of} +${days}`, run: (account: Account) => { account.lives[of]!.dueOn = addDays('2026-01-05', days); } })),
  life.map((of) => ({ name: `release by hand ${of}`, run: (account: Account) => { for (const hold of account.lives[of]!.holds) if (hold.releasedAt === null) hold.releasedAt = account.now; } })),
);

test('whatever happens in whatever order, nothing is decided or done twice or against a person or a payment, and every turn ends', () => {
  fc.assert(fc.property(policies, fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Sao_Paulo'), fc.array(events, { minLength: 5, maxLength: 50 }), (policy, timeZone, happenings) => {
    const account = new Account(policy, timeZone);
    account.decide();
    for (const { run } of happenings) {
      run(account);
      account.decide();
    }
  }), { numRuns: Number(process.env.MODEL_RUNS ?? 400) });
});
