/** Something the machine lacks or refuses. The message says what is missing and what to do; no stack is needed to act on it. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/** Tells a person what is being done, one short line at a time. */
export type Say = (line: string) => void;

export const silent: Say = () => undefined;
