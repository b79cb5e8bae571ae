import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, type Figure, table } from './figure';
import { arming } from './arming';
import { campaign } from './campaign';
import { conditions } from './conditions';
import { collection } from './collection';
import { importing } from './importing';
import { listsBench } from './lists';
import { membership } from './membership';
import { pages } from './pages';
import { preview } from './preview';
import { simulation } from './simulation';
import { storm } from './storm';

const benches: Record<string, Bench> = { conditions, membership, simulation, preview, import: importing, arming, storm, collection, campaign, pages, lists: listsBench };

const usage = `npm run bench -- [NAME…] [--scale 1] [--json FILE]
NAME: ${Object.keys(benches).join(', ')}; all when none is given. --scale 0.1 tries the programs out on a tenth of the sizes.`;

/** Measures the figures of docs/benchmarks.md: JSON and a table on standard output, progress on standard error. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { scale: { type: 'string', default: '1' }, json: { type: 'string' }, among: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  const unknown = positionals.filter((name) => !(name in benches));
  if (values.help || unknown.length > 0) {
    process.stdout.write(`${unknown.length > 0 ? `there is no bench called ${unknown.join(', ')}\n` : ''}${usage}\n`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const figures: Figure[] = [];
  const loadBefore = load();
  const wanted = Object.entries(benches).filter(([name]) => positionals.length === 0 || positionals.includes(name));
  for (const [name, bench] of wanted) {
    const alone = wanted.length === 1;
    figures.push(...alone ? await bench({ scale: Number(values.scale), say: (line) => process.stderr.write(`${line}\n`) }) : await inOwnProcess(name, values.scale));
  }
  const [processor] = cpus();
  const gigabyte = 2 ** 30;
  const report = { at: new Date().toISOString(), scale: Number(values.scale), machine: `${cpus().length} × ${processor?.model ?? 'unknown'}, ${Math.round(totalmem() / gigabyte)} GB, Node ${process.version}`, load: { before: loadBefore, after: load() }, figures };
  const busy = cpus().length / 2;
  // Of one among several, that is what the one before left.
  if (loadBefore > busy && !values.among) process.stderr.write(`The machine was busy before this run (load ${loadBefore} on ${cpus().length} cores): durations are not to be believed, ratios only somewhat.\n`);
  const json = JSON.stringify(report, null, 2);
  if (values.json) writeFileSync(values.json, `${json}\n`);
  process.stdout.write(`${json}\n\n${table(figures)}\n`);
  if (figures.some((figure) => !figure.reached)) process.exitCode = 1;
}

/** What others left in memory is not to slow it down: a bench among several has a process of its own. */
async function inOwnProcess(name: string, scale: string): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-bench-'));
  try {
    const file = path.join(folder, 'figures.json');
    const child = spawn(process.execPath, [...process.execArgv, __filename, name, '--scale', scale, '--json', file, '--among'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const [code] = await once(child, 'exit') as [number | null];
    // 1: it was measured, and missed its target.
    if (code !== 0 && code !== 1) throw new Error(`The bench ${name} ended with ${code ?? 'a signal'}; it says why above.`);
    return (JSON.parse(readFileSync(file, 'utf8')) as { figures: Figure[] }).figures;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Processes that wanted a core in the last minute, on average. */
function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(1));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 70;
});
