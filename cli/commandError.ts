import { EnvironmentError } from '../config/environment';
import { EngineError } from '../engines/engineError';

/** What a command throws when it cannot do what was asked, for a reason that a person can act on. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  /** @param exitCode 1: failed, or something was found; 2: wrong usage or input */
  constructor(message: string, readonly exitCode: 1 | 2 = 1) {
    super(message);
  }
}

/** Classes of SQLSTATE: connection, authorization, unknown database (PostgreSQL's documentation, appendix A). */
const refusedByPostgres = /^(08|28|3D)[0-9A-Z]{3}$/;
const defectExitCode = 70; // EX_SOFTWARE of sysexits.h

/** The one place where an error becomes words and an exit code. Only a defect of ours shows where in the code it arose. */
export function describeError(error: unknown): { text: string; exitCode: number } {
  if (error instanceof CommandError) return { text: error.message, exitCode: error.exitCode };
  if (error instanceof EngineError) return { text: error.message, exitCode: 1 };
  if (error instanceof EnvironmentError) return { text: `${error.message}\n(Next to a running npm start, commands find their settings by themselves.)`, exitCode: 1 };
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') return { text: message, exitCode: 2 };
  if (code === 'ECONNREFUSED') return { text: `${message || 'Connection refused'}. Is Dunwell running? Start it with npm start, or set DATABASE_URL and TEMPORAL_ADDRESS.`, exitCode: 1 };
  if (refusedByPostgres.test(code ?? '')) return { text: `PostgreSQL refuses the connection: ${message}. Check DATABASE_URL.`, exitCode: 1 };
  return { text: error instanceof Error ? (error.stack ?? message) : message, exitCode: defectExitCode };
}
