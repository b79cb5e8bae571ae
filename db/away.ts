import { setTimeout as sleep } from 'node:timers/promises';

/** How long is waited for a database that went away, as for a restart of it. */
const awayMaxMs = 180_000;
const retryEveryMs = 200;

/** SQLSTATE classes 08 (connection), 57P (shutdown, crash, starting up) and 53300 (too many connections), and what the socket says. */
const awayCodes = /^(08...|57P..|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT)$/;

/** Repeats work that is safe to repeat until the database takes it. */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + awayMaxMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || Date.now() > until) throw error;
      await sleep(retryEveryMs);
    }
  }
}

const fileCalls = new Set(['open', 'stat', 'lstat', 'scandir', 'unlink']);

/** Whether the database could not be reached, or the connection to it was lost on the way. */
export function isAway(error: unknown): boolean {
  const { code, message, syscall } = error as { code?: string; message?: string; syscall?: string };
  // A file that is not there is another matter than the socket of a database that is not.
  if (syscall !== undefined && fileCalls.has(syscall)) return false;
  return (code !== undefined && awayCodes.test(code)) || /Connection terminated|connection.*(closed|ended)|Timeout acquiring a connection|Client has encountered a connection error/i.test(message ?? '');
}
