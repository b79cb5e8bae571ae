import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DecisionRow } from '../../domain/collection/decision';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import { simulate } from '../../domain/simulation/simulate';
import { unpaidLedger } from './ledger';

export interface SimulationRun {
  seconds: number;
  /** Of all cores, garbage collection included: what it costs when the machine has other things to do. */
  processorSeconds: number;
  /** How long it takes to do nothing but make as many rows. */
  bareSeconds: number;
  decisions: number;
  memoryMb: number;
  idleMemoryMb: number;
}

const kilobytesPerMb = 1_024;
const peakMemoryMb = (): number => process.resourceUsage().maxRSS / kilobytesPerMb;

const idleMemoryMb = peakMemoryMb();
const parsed = parsePolicy(readFileSync(join(__dirname, '../../policies/reference.yaml'), 'utf8'));
if (!parsed.ok) throw new Error('policies/reference.yaml is wrong');
const ledger = unpaidLedger({ invoices: Number(process.argv[2]), invoicesPerCustomer: 10, issuedFrom: '2026-01-05', issuedOverDays: 15, termsDays: 10 });

const usedBefore = process.cpuUsage();
const start = performance.now();
const rows = simulate(ledger, parsed.policy, '2026-01-05', '2026-06-03');
const seconds = (performance.now() - start) / 1_000;
const used = process.cpuUsage(usedBefore);
const processorSeconds = (used.user + used.system) / 1_000_000;
const memoryMb = peakMemoryMb();

const bareStart = performance.now();
const bare: DecisionRow[] = [];
for (const row of rows) bare.push({ ...row });
const bareSeconds = (performance.now() - bareStart) / 1_000;

const run: SimulationRun = { seconds, processorSeconds, bareSeconds, decisions: rows.length, memoryMb, idleMemoryMb };
process.stdout.write(JSON.stringify(run));
