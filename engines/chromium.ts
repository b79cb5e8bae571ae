import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { installWithApt, isDebianRoot } from './apt';
import { findProgram, isExecutable, runCommand } from './command';
import { EngineError, type Say } from './engineError';

const installTimeoutMs = 10 * 60_000;

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/opt/google/chrome/chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium that is on this machine: CHROMIUM_PATH, the system's, or one that Playwright has downloaded. */
export function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!isExecutable(given)) throw new EngineError(`CHROMIUM_PATH is ${given}, which is not a program that can be run.`);
    return given;
  }
  for (const name of systemNames) {
    const found = findProgram(name);
    if (found) return found;
  }
  return usualPlaces.find(isExecutable) ?? downloadedByPlaywright();
}

/** Finds Chromium, or brings it: Playwright's download first, then the system's package manager. */
export async function provideChromium(say: Say): Promise<string> {
  const present = findChromium();
  if (present) return present;
  const failures: string[] = [];
  const ways = [
    () => runCommand({ doing: 'downloading Chromium with Playwright', command: process.execPath, args: [require.resolve('playwright-core/cli.js'), 'install', 'chromium'], timeoutMs: installTimeoutMs, say }),
    ...(isDebianRoot() ? [() => installWithApt(['chromium'], say)] : []),
  ];
  say('no Chromium on this machine yet: bringing one (once)');
  for (const bring of ways) {
    try {
      await bring();
      const found = findChromium();
      if (found) return found;
    } catch (error) {
      failures.push((error instanceof Error ? error.message : String(error)).split('\n').slice(0, 2).join(' ').slice(0, 300));
    }
  }
  throw new EngineError(['Chromium could not be found or brought to this machine:', ...failures.map((failure) => `  - ${failure}`), 'Install Chromium or Chrome, or set CHROMIUM_PATH to one.'].join('\n'));
}

/** Playwright keeps each revision in a folder of its own; the newest comes last. */
function downloadedByPlaywright(): string | undefined {
  const home = homedir();
  const folders = { linux: path.join(home, '.cache', 'ms-playwright'), darwin: path.join(home, 'Library', 'Caches', 'ms-playwright'), win32: path.join(home, 'AppData', 'Local', 'ms-playwright') };
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? folders[process.platform as keyof typeof folders];
  if (folder === undefined || !existsSync(folder)) return undefined;
  const programs = ['chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium', 'chrome-win/chrome.exe'];
  return readdirSync(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]))
    .flatMap((name) => programs.map((program) => path.join(folder, name, program)))
    .find(isExecutable);
}
