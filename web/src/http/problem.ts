/** problem+json (RFC 9457) as the API answers it. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  errors?: readonly { path?: string; message: string }[];
}

/** An answer that wasn't a success, or no answer at all (status 0). */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
  }

  get status(): number {
    return this.problem.status;
  }
}

const noAnswer: Problem = {
  title: 'The server did not answer',
  status: 0,
  detail: 'Nothing was heard back. Check the connection and that Dunwell is running, then try again: a repeat does no harm.',
};

export function toProblem(body: unknown, status: number): Problem {
  if (isRecord(body) && typeof body.title === 'string') {
    return {
      title: body.title,
      status,
      detail: typeof body.detail === 'string' ? body.detail : undefined,
      type: typeof body.type === 'string' ? body.type : undefined,
      errors: Array.isArray(body.errors) ? body.errors.filter(isFieldError).map(({ path, message }) => ({ path, message })) : undefined,
    };
  }
  return { title: `The server answered ${status}`, status, detail: 'It gave no reason. Its log has more.' };
}

/** What an exception says to a person; network failures carry no sentence of their own. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  if (error instanceof TypeError) return noAnswer;
  return { title: 'Something went wrong in the console', status: 0, detail: error instanceof Error ? error.message : String(error) };
}

/** Whether an error is the server's answer to what was asked: all others leave open whether it was done, or will yet be. */
export function isAnswered(error: unknown): boolean {
  const { status, type } = problemOf(error);
  return status > 0 && status < 500 && type?.endsWith('#request-running') !== true;
}

/** What to try, where the answer itself doesn't say. */
export function whatToTry(status: number): string | null {
  if (status === 401) return 'Sign in again.';
  if (status === 403) return 'Ask an administrator for a role that may do this.';
  if (status === 404) return 'It may have been removed, or the address is mistyped.';
  if (status === 409 || status === 412) return 'Someone changed it in the meantime. Reload and look at it again.';
  if (status === 413) return 'Send less at once.';
  if (status === 429) return 'Wait a moment and try again.';
  if (status >= 500) return 'Try again. If it stays, look at the server log.';
  return null;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isFieldError = (value: unknown): value is { path?: string; message: string } => isRecord(value) && typeof value.message === 'string';
