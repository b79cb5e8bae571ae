import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.join(__dirname, '../..');
const startTimeoutMs = 300_000;

let dataFolder: string;
const started: Start[] = [];
beforeAll(() => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'dunwell-start-'));
  chmodSync(dataFolder, 0o755);
});
afterAll(async () => {
  for (const start of started) await start.end('SIGINT');
  rmSync(dataFolder, { recursive: true, force: true });
}, startTimeoutMs);

/** `npm start` without npm. */
class Start {
  output = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<number | null>;

  constructor(...options: string[]) {
    const env = { ...process.env, DATABASE_URL: '', TEMPORAL_ADDRESS: '', NODE_OPTIONS: '' };
    this.child = spawn(process.execPath, ['cli/start.js', '--data', dataFolder, ...options], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (chunk: Buffer) => { this.output += chunk.toString(); });
    this.child.stderr?.on('data', (chunk: Buffer) => { this.output += chunk.toString(); });
    this.exited = new Promise((resolve) => this.child.once('exit', resolve));
    started.push(this);
  }

  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const until = Date.now() + startTimeoutMs;
    for (;;) {
      const match = pattern.exec(this.output);
      if (match) return match;
      if (this.child.exitCode !== null || Date.now() > until) throw new Error(`It did not say ${pattern}, but:\n${this.output}`);
      await sleep(100);
    }
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }
}

describe('npm start', () => {
  test('explains itself, and refuses what it does not know', () => {
    const help = spawnSync(process.execPath, ['cli/start.js', '--help'], { cwd: root, encoding: 'utf8' });
    expect(help).toMatchObject({ status: 0, stderr: '' });
    for (const option of ['--empty', '--real-time', '--port', '--database-url', '--temporal-address', '--temporal-namespace', '--temporal-api-key', '--data']) expect(help.stdout).toContain(option);
    const wrong = spawnSync(process.execPath, ['cli/start.js', '--port', 'many'], { cwd: root, encoding: 'utf8' });
    expect(wrong).toMatchObject({ status: 2, stdout: '' });
    expect(wrong.stderr).toContain('--port must be a port number');
  });

  test('begins with an admin who can sign in; killed and started again it keeps the data, runs once, and ends in order', async () => {
    const first = new Start('--empty');
    const [, email, password] = await first.says(/Sign in as\s+(\S+)\s+Password\s+(\S+)/);
    const [, url] = await first.says(/Console\s+(http\S+)/);
    await first.says(/Ctrl-C stops everything/);
    expect((await signIn(url ?? '', email ?? '', password ?? '')).status).toBe(200);
    expect((await fetch(url ?? '')).headers.get('content-type')).toContain('text/html');

    const doctor = spawnSync(process.execPath, ['cli/dunwell.js', 'doctor'], { cwd: root, encoding: 'utf8', env: { ...process.env, DUNWELL_DATA: dataFolder, DATABASE_URL: '', TEMPORAL_ADDRESS: '' } });
    expect({ status: doctor.status, failed: doctor.stdout.split('\n').filter((line) => line.startsWith('FAIL')) }).toEqual({ status: 0, failed: [] });

    const second = new Start();
    await second.says(/Dunwell already runs on/);
    await first.end('SIGKILL');

    const third = new Start('--empty');
    await third.says(/an earlier run left behind/);
    const [, sameUrl] = await third.says(/Console\s+(http\S+)/);
    await third.says(/Sign in\s+as before/);
    expect((await signIn(sameUrl ?? '', email ?? '', password ?? '')).status).toBe(200);
    expect(await third.end('SIGINT')).toBe(0);
    await expect(fetch(sameUrl ?? '')).rejects.toThrow();
  }, startTimeoutMs * 3);
});

function signIn(url: string, email: string, password: string): Promise<Response> {
  return fetch(`${url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json', origin: url }, body: JSON.stringify({ email, password }) });
}
