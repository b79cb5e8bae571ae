/** Why a file as a whole cannot be read: its line, and what to do. */
export class CsvError extends Error {
  override name = 'CsvError';

  constructor(message: string, readonly line: number | null = null) {
    super(line === null ? message : `Line ${line}: ${message}`);
  }
}
