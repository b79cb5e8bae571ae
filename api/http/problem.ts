import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import type { ProblemKind } from './problemKinds';

export interface FieldProblem {
  path: string;
  message: string;
}

/** What a caller is told when something is refused (RFC 9457). `detail` says what happened and what to do. */
export class ProblemError extends Error {
  override name = 'ProblemError';

  constructor(
    readonly status: number,
    readonly kind: ProblemKind,
    detail: string,
    readonly errors: readonly FieldProblem[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

export const notFound = (what: string, id: string | number): ProblemError => new ProblemError(404, 'not-found', `There is no ${what} ${id}.`);
export const conflict = (detail: string): ProblemError => new ProblemError(409, 'conflict', detail);
export const impossible = (detail: string, errors: readonly FieldProblem[] = []): ProblemError => new ProblemError(422, 'not-possible', detail, errors);
/** A document of which the parts at these places cannot be. */
export const refused = (problems: readonly FieldProblem[]): ProblemError => (
  impossible(`The document has ${problems.length} ${problems.length === 1 ? 'fault' : 'faults'}, listed in "errors".`, problems.map(({ path, message }) => ({ path: `document.${path}`, message }))));
export const unavailable = (detail: string): ProblemError => new ProblemError(503, 'not-available', detail, [], { 'retry-after': '5' });

/** What does not fit a schema, with the place of each fault: "records.3.currency". */
export function fromZod(error: z.ZodError, place: 'body' | 'query' | 'path'): ProblemError {
  const errors = fieldProblems(error);
  const where = place === 'path' ? 'path' : place === 'query' ? 'query string' : 'body';
  return new ProblemError(400, 'invalid-request', `The ${where} does not fit: ${errors.length === 1 ? `${errors[0]?.path || where}: ${errors[0]?.message}` : `${errors.length} faults, listed in "errors"`}.`, errors);
}

const faultsShownMax = 100;
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.slice(0, faultsShownMax).flatMap((issue) => issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not a field that is known here' }))
    : [{ path: issue.path.join('.'), message: issue.message }]);
}

export function sendProblem(request: Request, response: Response, problem: ProblemError): void {
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
  response.status(problem.status).type('application/problem+json').send(JSON.stringify({
    type: `/api/docs/problems#${problem.kind}`,
    title: STATUS_CODES[problem.status] ?? 'Problem',
    status: problem.status,
    detail: problem.message,
    instance: request.originalUrl.split('?')[0],
    requestId: response.getHeader('x-request-id'),
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  }));
}
