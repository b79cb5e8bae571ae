import type { ErrorRequestHandler, RequestHandler } from 'express';
import { MulterError } from 'multer';
import type { Logger } from 'pino';
import { isAway } from '../../db/away';
import { ProblemError, sendProblem } from './problem';

export const noSuchRoute: RequestHandler = (request, _response, next) => {
  next(new ProblemError(404, 'not-found', `There is no ${request.method} ${request.originalUrl.split('?')[0]}. /api/docs lists what there is.`));
};

export function failure(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = asProblem(error);
    if (problem.status >= 500) logger.error({ err: error, requestId: response.getHeader('x-request-id') }, 'request failed');
    sendProblem(request, response, problem);
  };
}

/** Errors of the body readers carry `status`, `type` and, for JSON, a position in their message. */
function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof MulterError) {
    const tooLarge = error.code === 'LIMIT_FILE_SIZE';
    return new ProblemError(tooLarge ? 413 : 400, tooLarge ? 'too-large' : 'invalid-request', `The upload was refused: ${error.message}. Send one file in the field "file".`, [{ path: error.field ?? 'file', message: error.message }]);
  }
  if (error instanceof Error && 'type' in error && 'status' in error && typeof error.status === 'number') {
    switch (error.type) {
      case 'entity.parse.failed': return new ProblemError(400, 'invalid-json', `The body is not JSON: ${error.message}.`, [{ path: '', message: error.message }]);
      case 'entity.too.large': return new ProblemError(413, 'too-large', `The body is larger than the ${'limit' in error ? `${String(error.limit)} bytes` : 'size'} that this route takes.`);
      case 'encoding.unsupported': case 'charset.unsupported': return new ProblemError(415, 'unsupported', `${error.message}: send UTF-8.`);
      default: if (error.status < 500) return new ProblemError(error.status, 'invalid-request', error.message);
    }
  }
  if (error instanceof URIError) return new ProblemError(400, 'invalid-request', 'The path holds a % that is not followed by two hexadecimal digits.');
  if (error instanceof Error && isAway(error)) {
    return new ProblemError(503, 'not-available', 'The database cannot be reached at the moment: try again shortly.', [], { 'retry-after': '5' });
  }
  // PostgreSQL has no NUL in its texts.
  if (error instanceof Error && 'code' in error && (error.code === '22021' || error.code === '22P05')) return new ProblemError(400, 'invalid-request', 'A text holds a NUL character, which none can.');
  return new ProblemError(500, 'internal', 'Something went wrong here. The request id finds it in the log.');
}
