import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from './figure';
import type { SimulationRun } from './simulationProcess';

const secondsMax = 3;
const memoryMbMax = 512;
const runs = 3;

/** 50,000 invoices that nobody pays, seven steps, 150 days, in a process of its own so that its memory is its own. */
export const simulation: Bench = async ({ scale, say }) => {
  const invoices = Math.round(50_000 * scale);
  const measured: SimulationRun[] = [];
  for (let run = 1; run <= runs; run += 1) {
    say(`simulation: ${invoices} invoices, run ${run} of ${runs}`);
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', join(__dirname, 'simulationProcess.ts'), String(invoices)]);
    measured.push(JSON.parse(stdout) as SimulationRun);
  }
  const best = measured.reduce((one, other) => (other.seconds < one.seconds ? other : one));
  const memoryMb = Math.max(...measured.map((run) => run.memoryMb));
  const notes = { invoices, decisions: best.decisions, 'seconds of each run': measured.map((run) => run.seconds.toFixed(2)).join(', '), 'processor seconds of each run': measured.map((run) => run.processorSeconds.toFixed(2)).join(', '), 'decisions a second': Math.round(best.decisions / best.seconds) };
  const limit = `one core; making ${best.decisions} rows as bare objects takes ${best.bareSeconds.toFixed(2)} s here`;
  return [
    { bench: 'simulation', what: `${invoices} invoices, 7 steps, 150 days`, value: best.seconds, unit: 's', baseline: null, ratio: null, target: `≤ ${secondsMax} s`, reached: best.seconds <= secondsMax, limit, notes },
    { bench: 'simulation', what: 'memory of the whole process', value: memoryMb, unit: 'MB', baseline: null, ratio: null, target: `< ${memoryMbMax} MB`, reached: memoryMb < memoryMbMax, limit: `the ${best.decisions} rows themselves and Node with its TypeScript loader (${Math.round(best.idleMemoryMb)} MB before the ledger is made)` },
  ];
};
