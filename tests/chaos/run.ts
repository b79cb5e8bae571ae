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
import type { Policy } from '../../domain/policy/types';
import { ledgerTimeline } from '../../domain/simulation/timeline';
import { startEngines } from '../processes/engines';
import { apiProcess, workerProcess, type ProductProcess } from '../processes/product';
import { type Fault } from '../standins/resend/faults';
import { ResendStandIn } from '../standins/resend/standIn';
import { Marksman } from './aims';
import { feedOverApi } from './feed';
import { foretell, type Comparisons } from './foretell';
import { Gates } from './gates';
import { checkInvariants, finding, invariants } from './invariants';
import { Killer, type Victim } from './killer';
import { livedLedger, places } from './livedLedger';
import { Progress } from './progress';
import { actsOf, aims, inTiers, prepareStrategies, readSegments, sourcesOf } from './strategies';
import { table } from './table';

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

const usage = `npm run chaos [-- OPTIONS]: a ledger's life on a virtual clock, over the API, while worker, API, Temporal and PostgreSQL are killed; then all eight invariants are checked.

  --seed N        what is drawn: the ledger, the kills, the provider's faults (1)
  --invoices N    (320)
  --kills N       drawn from moments at which there is work (44); with --strategies there are ${aims.reduce((count, { victims }) => count + victims.length, 0)} more, each aimed at the middle of something
  --batches       everybody is collected in batches
  --strategies    segment runs, a campaign, an experiment on policies and its end, moves of policies, mail to leadership
  --keep          leaves the engines up until Ctrl-C, to look at what was found
`;

interface PolicyOfFile {
  policy: Policy;
  source: string;
}

function read(source: string): PolicyOfFile {
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error(`A policy of the fault run is wrong: ${JSON.stringify(parsed.errors)}`);
  return { policy: parsed.policy, source };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, invoices: { type: 'string', default: '320' }, kills: { type: 'string', default: '44' }, batches: { type: 'boolean', default: false }, strategies: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) return void process.stdout.write(usage);
  const seed = Number(values.seed);
  const reference = readFileSync(join(__dirname, '../../policies/reference.yaml'), 'utf8');
  const sources = values.strategies ? sourcesOf(reference) : null;
  const everybodys = read(sources?.first ?? reference);
  const steady = sources && read(sources.steady);
  // Alone, each customer is written to by all that is under way about one invoice, and a move takes pages.
  const lived = livedLedger({ seed, invoices: Number(values.invoices), invoicesPerCustomer: values.strategies ? 1 : 5, from, issuedOverDays });
  const ledger = sources ? inTiers(lived, places.length) : lived;
  const acts = sources ? actsOf(sources) : [];
  const segments = values.strategies ? await readSegments() : [];
  say(`seed ${seed}: ${ledger.invoices.length} invoices, ${ledger.payments.length} payments, ${ledger.creditNotes.length} credit notes, ${ledger.refunds?.length ?? 0} refunds and reversals, ${ledger.promises?.length ?? 0} promises, ${ledger.disputes?.length ?? 0} disputes of ${ledger.customers.length} customers, ${from} to ${to}${values.batches ? ', collected in batches' : ''}${values.strategies ? ', with segment runs, moves of policies, a campaign and an experiment' : ''}`);

  const startedAt = Date.now();
  const engines = await startEngines('chaos', say);
  const provider = new ResendStandIn({ seed });
  const faults = countFaults(provider);
  const progress = new Progress(engines.knex);
  try {
    const resendUrl = await provider.listen();
    const start = startOfDay(dayNumber(from), 'UTC') - longestOffsetMs;
    const end = startOfDay(dayNumber(to) + 1, 'UTC') + longestOffsetMs;
    await prepareDatabase(engines.knex, ledger, [everybodys, ...(sources ? [read(sources.steady), read(sources.gentle)] : [])], start);
    if (sources) await prepareStrategies(engines.knex, start);
    if (values.batches) await collectInBatches(engines.knex, start);
    await makeSegments(engines.knex, segments, start);
    const gates = new Gates(engines.knex);
    await gates.build();
    const { key: apiKey } = await createApiKey(engines.knex, { name: 'chaos', scopes: ['admin'], createdBy: 'chaos', expiresAt: null });
    const worker = await workerProcess({ engines, resendUrl });
    const api = await apiProcess({ engines, resendUrl });
    await Promise.all([worker.start(), api.start()]);
    provider.plan({ random: providerFaults });

    const steadyOnes = new Set(ledger.customers.filter(({ tier }) => tier === 'steady').map(({ externalId }) => externalId));
    const policyOf = (customer: string): Policy => (steady && steadyOnes.has(customer) ? steady.policy : everybodys.policy);
    const foretold = foretell({ ledger, policyOf, segments, since: start, from, to, undisturbedUntil: acts[0] ? dayBefore(acts[0].at) : to });
    const busyInstants = [...foretold.rows, ...foretold.ofSegments].map((row) => Date.parse(row.at));
    const killer = new Killer({
      seed, kills: Number(values.kills), busyInstants, acts: acts.map(({ at }) => at), engines, worker, api, say,
      onKilled: async (victim) => {
        progress.noted();
        if (victim === 'worker' || victim === 'api') await gates.dropOrphans();
      },
    });
    const accepted = (): ReadonlyMap<string, number> => provider.store.acceptedByTag('message');
    const marksman = new Marksman({ knex: engines.knex, gates, killer, aims: sources ? aims : [], accepted: (message) => accepted().get(message) ?? 0, say });
    const supervised = superviseBoth([worker, api]);
    const instants = mergeTimelines(ledgerTimeline(ledger, from), endOfCustomer(ledger, to));
    const killing = killer.run();
    const feeding = feedOverApi({ knex: engines.knex, apiUrl: api.url, apiKey, instants, acts, end, progress, onClock: (at) => killer.passed(at), beforeStep: () => killer.caughtUp(), beforeAct: (at) => marksman.before(at) });
    const fed = await Promise.race([feeding, killing.then(() => feeding)]);
    await killing;
    await marksman.end();
    supervised.end();
    await Promise.all([worker.stop(), api.stop()]);

    const { findings, comparisons, messages } = await checkInvariants({ knex: engines.knex, ledger, foretold, strategies: values.strategies, accepted: accepted(), overview: fed.overview });
    findings.push(finding([], 'each invariant is checked', Object.keys(invariants).filter((number) => !findings.some(({ of }) => of.some((each) => String(each) === number)))));
    if (sources) findings.push(finding([], 'every aimed kill hit what it was aimed at while that was under way', marksman.missed));
    const kills = [...killer.kills, ...marksman.hits.map(({ kill }) => kill)];
    const victims = Object.fromEntries((['worker', 'api', 'temporal', 'postgres'] satisfies Victim[]).map((victim) => [victim, kills.filter((kill) => kill.victim === victim).length]));
    const report = {
      seed, seconds: Math.round((Date.now() - startedAt) / 1_000), invoices: ledger.invoices.length, payments: ledger.payments.length, creditNotes: ledger.creditNotes.length, refunds: ledger.refunds?.length, promises: ledger.promises?.length, disputes: ledger.disputes?.length, inBatches: values.batches, strategies: values.strategies,
      killed: { total: kills.length, ...victims }, endedByThemselves: supervised.restarts, apiCalls: fed.calls, apiCallsRepeated: fed.repeats,
      provider: { requests: provider.requests, accepted: provider.store.acceptedCount, faults: Object.fromEntries(faults) },
      messages, compared: countsOf(comparisons), kills: killer.kills, hits: marksman.hits, findings,
    };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n\n${table(report)}\n`);
    if (findings.some(({ breaches }) => breaches > 0) || killer.kills.length < Number(values.kills)) process.exitCode = 1;
  } finally {
    progress.end();
    await provider.close();
    if (values.keep) say(`kept until Ctrl-C: ${engines.postgres.url}, logs in ${engines.folder}`);
    if (values.keep) await new Promise((resolve) => process.once('SIGINT', resolve));
    await engines.stop();
  }
}

/** Rows compared and the customers that they are of. */
function countsOf({ untouched, touched }: Comparisons): Record<string, { decisions: number; runs: number; customers: number }> {
  const counts = ({ decisions, runs }: Comparisons['touched']): { decisions: number; runs: number; customers: number } => ({ decisions: decisions.compared, runs: runs.compared, customers: decisions.customers });
  return { throughout: counts(untouched), untilTheFirstAct: counts(touched) };
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

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(70);
});
