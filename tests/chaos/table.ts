import type { Hit } from './aims';
import { invariants, type Finding, type Invariant } from './invariants';

export interface Report {
  seed: number;
  seconds: number;
  invoices: number;
  killed: Record<string, number>;
  messages: number;
  provider: { requests: number; accepted: number; faults: Record<string, number> };
  apiCallsRepeated: number;
  compared: Record<string, { decisions: number; runs: number; customers: number }>;
  hits: readonly Hit[];
  findings: readonly Finding[];
}

/** What a run came to, for people: what was killed in the middle of what, and what was found of each invariant. */
export function table({ seed, seconds, invoices, killed, messages, provider, apiCallsRepeated, compared, hits, findings }: Report): string {
  const listed = (counts: Record<string, number>): string => Object.entries(counts).filter(([name]) => name !== 'total' && name !== 'none').map(([name, count]) => `${name} ${count}`).join(', ');
  return [
    `seed ${seed}: ${invoices} invoices in ${seconds} s`,
    `killed            ${killed.total} (${listed(killed)})`,
    `messages          ${messages}, accepted ${provider.accepted} in ${provider.requests} requests (${listed(provider.faults)})`,
    `calls repeated    ${apiCallsRepeated}`,
    ...Object.entries(compared).filter(([, { decisions }]) => decisions > 0).map(([when, { decisions, runs, customers }]) => `compared          ${decisions} decisions and ${runs} rows of segment runs of ${customers} customers, ${when === 'throughout' ? when : 'until the first act'}`),
    ...hits.map(({ what, kill, underWay }) => `hit               the ${kill.victim} while ${what}: ${JSON.stringify(underWay[0])}`),
    '',
    ...(Object.entries(invariants) as [string, string][]).flatMap(([number, promise]) => ofInvariant(Number(number) as Invariant, promise, findings)),
    'besides',
    ...findings.filter(({ of }) => of.length === 0).flatMap(lines),
  ].join('\n');
}

function ofInvariant(number: Invariant, promise: string, findings: readonly Finding[]): string[] {
  const of = findings.filter((each) => each.of.includes(number));
  const breached = of.filter(({ breaches }) => breaches > 0).length;
  return [`invariant ${number} ${of.length === 0 ? 'NOT CHECKED' : breached > 0 ? 'BREACHED' : 'holds'}: ${promise}`, ...of.flatMap(lines)];
}

function lines({ what, breaches, examples }: Finding): string[] {
  return [`  ${breaches === 0 ? 'ok      ' : 'BREACHED'}  ${what}${breaches === 0 ? '' : ` (${breaches})`}`, ...examples.map((example) => `              ${example}`)];
}
