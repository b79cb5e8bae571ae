import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { persistently } from '../../db/away';
import type { LedgerInstant } from '../../cli/replay/feed';
import { readClock } from '../../db/clock/clock';
import { isQuiet, readUnrest, type Unrest } from '../../db/clock/milestones';
import { assertNever } from '../../domain/assertNever';
import type { InstantMs } from '../../domain/calendar/dates';
import type { LedgerEvent } from '../../domain/simulation/timeline';
import type { OpenByCurrency } from './invariants';
import type { Progress } from './progress';
import type { Act } from './strategies';

export interface FeedOptions {
  knex: Knex;
  apiUrl: string;
  apiKey: string;
  instants: readonly LedgerInstant[];
  acts: readonly Act[];
  end: InstantMs;
  progress: Progress;
  /** Told where the clock stands. */
  onClock: (at: InstantMs) => void;
  /** Awaited before every step of the clock. */
  beforeStep: () => Promise<void>;
  /** Awaited before every act, when the clock stands there. */
  beforeAct: (at: InstantMs) => Promise<void>;
}

export interface Fed {
  calls: number;
  repeats: number;
  /** What the API says is open in the end. */
  overview: OpenByCurrency;
}

const pollMs = 20;
const retryMs = 250;
/** After that the call is repeated under its key. */
const answerTimeoutMs = 20_000;
/** After the last payment there are only milestones: the clock goes on in steps of so much. */
const tailStepMs = 2 * 86_400_000;

/** Lets a ledger come about over the API, as an ERP would: every call is repeated under the same Idempotency-Key until it is answered. */
export async function feedOverApi({ knex, apiUrl, apiKey, instants, acts, end, progress, onClock, beforeStep, beforeAct }: FeedOptions): Promise<Fed> {
  const caller = new PersistentCaller(apiUrl, apiKey, progress);
  const ids: KnownIds = { payments: new Map(), disputes: new Map() };
  const quiet = (at: InstantMs): Promise<void> => quietAt(knex, at, progress, onClock);
  const advanceTo = async (at: InstantMs): Promise<void> => {
    await beforeStep();
    await caller.post('/clock/advance', { to: new Date(at).toISOString() });
    await quiet(at);
  };
  const owed = [...acts];
  const actUntil = async (at: InstantMs): Promise<void> => {
    for (let act = owed[0]; act !== undefined && act.at <= at; act = owed[0]) {
      owed.shift();
      await advanceTo(act.at);
      await beforeAct(act.at);
      await act.carryOut((path, body) => caller.post(path, body));
      await quiet(act.until ?? act.at);
    }
  };
  for (const { at, events } of instants) {
    await actUntil(at);
    await advanceTo(at);
    const records = {
      '/invoices/bulk': events.flatMap((event) => (event.kind === 'invoice' ? [event.invoice] : [])),
      '/credit-notes/bulk': events.flatMap((event) => (event.kind === 'credit-note' ? [event.creditNote] : [])),
      '/payments/bulk': events.flatMap((event) => (event.kind === 'payment' ? [event.payment] : [])),
    };
    for (const [path, list] of Object.entries(records)) if (list.length > 0) await caller.postRecords(path, list, path === '/payments/bulk' ? ids.payments : undefined);
    for (const event of events) await tell(caller, ids, event);
    await quiet(at);
  }
  const last = instants.at(-1)?.at ?? end;
  for (let at = last + tailStepMs; at < end; at += tailStepMs) {
    await actUntil(at);
    await advanceTo(at);
  }
  await actUntil(end);
  await advanceTo(end);
  const { currencies } = (await caller.get('/overview')) as { currencies: OpenByCurrency };
  return { calls: caller.calls, repeats: caller.repeats, overview: currencies };
}

/** The ids under which the API knows payments and disputes, by external id. */
interface KnownIds {
  payments: Map<string, number>;
  disputes: Map<string, number>;
}

/** What has no bulk call: promises and disputes, how disputes end, and what goes back of payments. */
async function tell(caller: PersistentCaller, { payments, disputes }: KnownIds, event: LedgerEvent): Promise<void> {
  switch (event.kind) {
    case 'promise': {
      const { externalId, invoiceExternalId, currency, amountMinor, promisedOn } = event.promise;
      await caller.post('/promises', { externalId, customerExternalId: event.customer, invoiceExternalIds: [invoiceExternalId], currency, amountMinor, promisedOn });
      return;
    }
    case 'dispute': {
      const { externalId, invoiceExternalId, amountMinor, reason } = event.dispute;
      const { id } = (await caller.post('/disputes', { externalId, invoiceExternalId, amountMinor: amountMinor ?? undefined, reason })) as { id: number };
      disputes.set(externalId, id);
      return;
    }
    case 'dispute-resolved': {
      const { externalId, resolved } = event.dispute;
      if (resolved) await caller.post(`/disputes/${disputes.get(externalId)}/resolve`, { resolution: resolved.resolution.kind, ...(resolved.resolution.kind === 'split' ? { creditMinor: resolved.resolution.creditMinor } : {}) });
      return;
    }
    case 'refund': {
      const { externalId, paymentExternalId, kind, amountMinor, reason } = event.refund;
      const payment = `/payments/${payments.get(paymentExternalId)}`;
      if (kind === 'refund') await caller.post(`${payment}/refunds`, { externalId, amountMinor: amountMinor ?? undefined, reason });
      else await caller.post(`${payment}/reverse`, { reason, kind });
      return;
    }
    case 'invoice':
    case 'credit-note':
    case 'payment':
      return;
    default:
      assertNever(event);
  }
}

/** Waits until the clock stands at an instant and nothing moves any more. */
async function quietAt(knex: Knex, at: InstantMs, progress: Progress, onClock: (at: InstantMs) => void): Promise<void> {
  for (;;) {
    const { now, unrest } = await persistently(async (): Promise<{ now: InstantMs; unrest: Unrest }> => {
      const clock = await readClock(knex);
      return { now: clock.now, unrest: await readUnrest(knex, clock.now) };
    });
    onClock(now);
    if (now >= at && isQuiet(unrest)) return;
    if (progress.isAtStandstill()) throw new Error(`Nothing moves: the clock stands at ${new Date(now).toISOString()}, wanted ${new Date(at).toISOString()}, and ${JSON.stringify(unrest)}`);
    await sleep(pollMs);
  }
}

class PersistentCaller {
  calls = 0;
  repeats = 0;

  constructor(private readonly url: string, private readonly apiKey: string, private readonly progress: Progress) {}

  /** Keeps the records' ids in `ids`, by external id. */
  async postRecords(path: string, records: readonly unknown[], ids?: Map<string, number>): Promise<void> {
    const answer = (await this.post(path, { records })) as { counts: { rejected: number }; results: { externalId: string; id: number }[] };
    if (answer.counts.rejected > 0) throw new Error(`${path} rejects records: ${JSON.stringify(answer)}`);
    for (const { externalId, id } of answer.results) ids?.set(externalId, id);
  }

  post(path: string, body: unknown): Promise<unknown> {
    return this.ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'idempotency-key': `chaos-${this.calls + 1}` } });
  }

  get(path: string): Promise<unknown> {
    return this.ask(path, { method: 'GET' });
  }

  private async ask(path: string, request: RequestInit): Promise<unknown> {
    this.calls += 1;
    for (;;) {
      const answer = await this.attempt(path, request);
      if (answer.kind === 'answered') return answer.body;
      if (answer.kind === 'refused' || this.progress.isAtStandstill()) throw new Error(`${request.method} ${path}: ${answer.why}`);
      this.repeats += 1;
      await sleep(retryMs);
    }
  }

  private async attempt(path: string, request: RequestInit): Promise<{ kind: 'answered'; body: unknown } | { kind: 'refused' | 'away'; why: string }> {
    try {
      const response = await fetch(`${this.url}/api/v1${path}`, { ...request, signal: AbortSignal.timeout(answerTimeoutMs), headers: { ...request.headers, authorization: `Bearer ${this.apiKey}` } });
      const text = await response.text();
      if (response.ok) return { kind: 'answered', body: JSON.parse(text) };
      const passes = response.status >= 500 || response.status === 429 || text.includes('request-running');
      return { kind: passes ? 'away' : 'refused', why: `${response.status} ${text}` };
    } catch (error) {
      return { kind: 'away', why: error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error) };
    }
  }
}
