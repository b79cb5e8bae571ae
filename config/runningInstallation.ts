import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What `npm start` tells the commands that run next to it: the variables that its own processes got. */
export type InstallationVariables = Record<string, string>;

const fileName = 'environment.json';

export function writeInstallation(dataFolder: string, variables: InstallationVariables): void {
  // The mode of a file that is there would stay: it is made anew.
  removeInstallation(dataFolder);
  writeFileSync(path.join(dataFolder, fileName), JSON.stringify(variables, null, 2), { mode: 0o600 });
}

export function removeInstallation(dataFolder: string): void {
  rmSync(path.join(dataFolder, fileName), { force: true });
}

/**
 * The environment of a command: what is set, and for the rest what a running `npm start` of this checkout uses.
 * A DATABASE_URL that is set means another installation, so then nothing is taken from the running one.
 */
export function withRunningInstallation(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  if (env.DATABASE_URL) return { ...env };
  const file = path.join(path.resolve(env.DUNWELL_DATA ?? path.join(__dirname, '..', '.dunwell')), fileName);
  if (!existsSync(file)) return { ...env };
  const found = JSON.parse(readFileSync(file, 'utf8')) as InstallationVariables;
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  return { ...found, ...set };
}
