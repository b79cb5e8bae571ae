import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A process, told apart from a later one that was given the same number. */
export type ProcessIdentity = { pid: number; startedAt: string };

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)), counted after the command's closing parenthesis, which may itself hold spaces. */
const statStartTimeIndex = 19;

/** The identity of a running process, or undefined if there is none of that number. */
export function identify(pid: number): ProcessIdentity | undefined {
  if (existsSync('/proc/self/stat')) {
    const stat = readOrUndefined(`/proc/${pid}/stat`);
    if (stat === undefined) return undefined;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const isZombie = fields[0] === 'Z';
    return isZombie ? undefined : { pid, startedAt: fields[statStartTimeIndex] ?? '' };
  }
  try {
    const startedAt = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return startedAt === '' ? undefined : { pid, startedAt };
  } catch {
    return undefined; // ps exits with 1 when there is no such process
  }
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // the process is gone
  }
}
