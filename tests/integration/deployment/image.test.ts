import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '../../..');
const buildTimeoutMs = 10 * 60_000;

/** Without Docker: the same script in a copy of what git knows, then the commands of docker-compose.yml in it. */
test('docker/build.sh makes from a clean checkout what the image runs, without development packages', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-image-'));
  try {
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)));
    for (const file of files) cpSync(path.join(root, file), path.join(folder, file));
    execFileSync('sh', ['docker/build.sh'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

    expect(existsSync(path.join(folder, 'web/dist/index.html'))).toBe(true);
    expect(existsSync(path.join(folder, 'worker/build/workflows.js'))).toBe(true);
    expect(existsSync(path.join(folder, 'node_modules/jest'))).toBe(false);
    const env = { PATH: process.env.PATH, NODE_ENV: 'production' };
    for (const args of [['--import', 'tsx', 'worker/main.ts'], ['--import', 'tsx', 'api/main.ts'], ['cli/dunwell.js', 'setup']]) {
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
      expect({ args, status, stderr: stderr.split('\n')[0] }).toEqual({ args, status: 1, stderr: expect.stringMatching(/^DATABASE_URL is missing/) });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, buildTimeoutMs);
