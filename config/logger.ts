import pino, { type DestinationStream, type Logger } from 'pino';

/** Where secrets can stand in what is logged. */
const secretPaths = [
  'req.headers.authorization', 'req.headers.cookie', 'req.headers["x-csrf-token"]', 'res.headers["set-cookie"]',
  '*.password', '*.key', '*.secret', '*.token', 'password', 'key', 'secret', 'token',
];

/** The log of a process: JSON lines, with secrets left out. */
export function createLogger(process: 'api' | 'worker', level: string, destination?: DestinationStream): Logger {
  const options = { level, base: { process }, redact: { paths: secretPaths, censor: '[redacted]' } };
  return destination ? pino(options, destination) : pino(options);
}
