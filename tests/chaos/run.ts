import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { mergeTimelines } from '../../cli/replay/feed';
import { collectInBatches, endOfCustomer, makeSegments, prepareDatabase } from '../../cli/replay/prepare';
import { createApiKey } from '../../db/access/apiKeys';
import { addDays, dayNumber, type InstantMs, type LocalDate } from '../../domain/calendar/dates';
import { startOfDay } from '../../domain/calendar/zones';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import { simulate } from '../../domain/simulation/simulate';
import { ledgerTimeline } from '../../domain/simulation/timeline';
import { startEngines } from '../processes/engines';
import { apiProcess, workerProcess, type ProductProcess } from '../processes/product';
import { type Fault } from '../standins/resend/faults';
import { ResendStandIn } from '../standins/resend/standIn';
import { feedOverApi } from './feed';
import { foretell } from './foretell';
import { checkInvariants } from './invariants';
import { Killer } from './killer';
import { livedLedger } from './livedLedger';
import { actsOf, readSegments } from './strategies';

const from = '2026-01-05';
const issuedOverDays = 40;
/** The last ladders are at their end by then, and the last payments have come. */
const to = '2026-07-31';
/** Clocks ahead of UTC see the first day before UTC does, those behind it see the last one end later. */
const longestOffsetMs = 14 * 3_600_000;

const tooMany: Fault = { kind: 'refuse', status: 429, name: 'rate_limit_exceeded', message: 'as ordered', headers: { 'retry-after': '1' } };
const broken: Fault = { kind: 'refuse', status: 500, name: 'internal_server_error', message: 'as ordered', headers: {} };
/** What goes wrong at the mail provider all the while, each with its share of requests. */
const providerFaults: { share: number; fault: Fault }[] = [
  { share: 0.06, fault: { kind: 'lose-answer' } },
  { share: 0.02, fault: { kind: 'fail-after' } },
  { share: 0.02, fault: { kind: 'drop' } },
  { share: 0.02, fault: broken },
  { share: 0.01, fault: tooMany },
  { share: 0.03, fault: { kind: 'delay', ms: 300 } },
];

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, invoices: { type: 'string', default: '320' }, kills: { type: 'string', default: '44' }, batches: { type: 'boolean', default: false }, strategies: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } } });
  const seed = Number(values.seed);
  const source = readFileSync(join(__dirname, '../../policies/reference.yaml'), 'utf8');
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error('policies/reference.yaml is wrong');
  const { policy } = parsed;
  // Alone, each customer is written to by all that is under way about one invoice, and a move takes pages.
  const ledger = livedLedger({ seed, invoices: Number(values.invoices), invoicesPerCustomer: values.strategies ? 1 : 5, from, issuedOverDays });
  const acts = values.strategies ? actsOf(source) : [];
  const segments = values.strategies ? await readSegments() : [];
  say(`seed ${seed}: ${ledger.invoices.length} invoices, ${ledger.payments.length} payments, ${ledger.creditNotes.length} credit notes, ${ledger.refunds?.length ?? 0} refunds and reversals, ${ledger.promises?.length ?? 0} promises, ${ledger.disputes?.length ?? 0} disputes of ${ledger.customers.length} customers, ${from} to ${to}${values.batches ? ', collected in batches' : ''}${values.strategies ? ', with segment runs, moves of policies and a campaign' : ''}`);

  const startedAt = Date.now();
  const engines = await startEngines('chaos', say);
  const provider = new ResendStandIn({ seed });
  const faults = countFaults(provider);
  try {
    const resendUrl = await provider.listen();
    const start = startOfDay(dayNumber(from), 'UTC') - longestOffsetMs;
    const end = startOfDay(dayNumber(to) + 1, 'UTC') + longestOffsetMs;
    await prepareDatabase(engines.knex, ledger, [{ policy, source }], start);
    if (values.batches) await collectInBatches(engines.knex, start);
    await makeSegments(engines.knex, segments, start);
    const { key: apiKey } = await createApiKey(engines.knex, { name: 'chaos', scopes: ['admin'], createdBy: 'chaos', expiresAt: null });
    const worker = await workerProcess({ engines, resendUrl });
    const api = await apiProcess({ engines, resendUrl });
    await Promise.all([worker.start(), api.start()]);
    provider.plan({ random: providerFaults });

    const foretold = foretell({ ledger, policy, segments, since: start, from, to: acts[0] ? dayBefore(acts[0].at) : to });
    const busyInstants = [...simulate(ledger, policy, from, to), ...foretold.ofSegments].map((row) => Date.parse(row.at));
    const killer = new Killer({ seed, kills: Number(values.kills), busyInstants, aimedAt: acts.map(({ at }) => at), engines, worker, api, say });
    const supervised = superviseBoth([worker, api]);
    const instants = mergeTimelines(ledgerTimeline(ledger, from), endOfCustomer(ledger, to));
    const killing = killer.run();
    const feeding = feedOverApi({ knex: engines.knex, apiUrl: api.url, apiKey, instants, acts, end, onProgress: (at) => killer.passed(at), beforeStep: () => killer.caughtUp() });
    const fed = await Promise.race([feeding, killing.then(() => feeding)]);
    await killing;
    supervised.end();
    await Promise.all([worker.stop(), api.stop()]);

    const { findings, ...counts } = await checkInvariants({ knex: engines.knex, ledger, foretold, strategies: values.strategies, accepted: provider.store.acceptedByTag('message') });
    const victims = Object.fromEntries(['worker', 'api', 'temporal', 'postgres'].map((victim) => [victim, killer.kills.filter((kill) => kill.victim === victim).length]));
    const report = {
      seed, seconds: Math.round((Date.now() - startedAt) / 1_000), invoices: ledger.invoices.length, payments: ledger.payments.length, creditNotes: ledger.creditNotes.length, refunds: ledger.refunds?.length, promises: ledger.promises?.length, disputes: ledger.disputes?.length, inBatches: values.batches, strategies: values.strategies,
      killed: { total: killer.kills.length, ...victims }, endedByThemselves: supervised.restarts, apiCalls: fed.calls, apiCallsRepeated: fed.repeats,
      provider: { requests: provider.requests, accepted: provider.store.acceptedCount, faults: Object.fromEntries(faults) },
      ...counts, kills: killer.kills, findings,
    };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n\n${table(report)}\n`);
    if (findings.some(({ breaches }) => breaches > 0) || killer.kills.length < Number(values.kills)) process.exitCode = 1;
  } finally {
    await provider.close();
    if (values.keep) say(`kept until Ctrl-C: ${engines.postgres.url}, logs in ${engines.folder}`);
    if (values.keep) await new Promise((resolve) => process.once('SIGINT', resolve));
    await engines.stop();
  }
}

/** Wherever a customer is, it is over before an instant. */
function dayBefore(at: InstantMs): LocalDate {
  return addDays(new Date(at).toISOString().slice(0, 10), -2);
}

/** What whoever runs a deployment does for it: a process that has ended by itself is started again. */
function superviseBoth(processes: readonly ProductProcess[]): { restarts: Record<string, number>; end(): void } {
  const restarts: Record<string, number> = {};
  let ended = false;
  const watch = async (watched: ProductProcess): Promise<void> => {
    const lookEveryMs = 250;
    while (!ended) {
      await sleep(lookEveryMs);
      if (ended || !watched.hasEndedByItself()) continue;
      restarts[watched.name] = (restarts[watched.name] ?? 0) + 1;
      await watched.start(false);
    }
  };
  for (const watched of processes) void watch(watched);
  return { restarts, end: () => { ended = true; } };
}

/** Counts what the stand-in did wrong on order, by kind. */
function countFaults({ faults }: ResendStandIn): Map<string, number> {
  const counts = new Map<string, number>();
  const draw = faults.draw.bind(faults);
  faults.draw = () => {
    const fault = draw();
    const kind = fault?.kind === 'refuse' ? `refuse ${fault.status}` : (fault?.kind ?? 'none');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return fault;
  };
  return counts;
}

interface Report {
  seconds: number;
  invoices: number;
  killed: Record<string, number>;
  decisions: number;
  simulated: number;
  messages: number;
  provider: { requests: number; accepted: number; faults: Record<string, number> };
  apiCallsRepeated: number;
  findings: { what: string; breaches: number; examples: string[] }[];
}

function table({ seconds, invoices, killed, decisions, simulated, messages, provider, apiCallsRepeated, findings }: Report): string {
  const listed = (counts: Record<string, number>): string => Object.entries(counts).filter(([name]) => name !== 'total' && name !== 'none').map(([name, count]) => `${name} ${count}`).join(', ');
  return [
    `${invoices} invoices in ${seconds} s`,
    `killed            ${killed.total} (${listed(killed)})`,
    `decisions         ${decisions}, simulated ${simulated}`,
    `messages          ${messages}, accepted ${provider.accepted} in ${provider.requests} requests (${listed(provider.faults)})`,
    `calls repeated    ${apiCallsRepeated}`,
    '',
    ...findings.flatMap(({ what, breaches, examples }) => [`${breaches === 0 ? 'ok      ' : 'BREACHED'}  ${what}${breaches === 0 ? '' : ` (${breaches})`}`, ...examples.map((example) => `            ${example}`)]),
  ].join('\n');
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(70);
});
