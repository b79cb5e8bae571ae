import { findProgram, runCommand } from './command';
import type { Say } from './engineError';

const installTimeoutMs = 15 * 60_000;

/** True where packages can be installed without asking anyone: root on Debian or a system made from it, as on most CI machines. */
export function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

export async function installWithApt(packages: readonly string[], say: Say): Promise<void> {
  const doing = `installing ${packages.join(' and ')} with apt-get`;
  say(doing);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand({ command: 'apt-get', args: ['update', '-qq'], env, doing: 'reading the package lists', timeoutMs: installTimeoutMs, say });
  await runCommand({ command: 'apt-get', args: ['install', '-y', '-qq', '--no-install-recommends', ...packages], env, doing, timeoutMs: installTimeoutMs, say });
}
