/** SQLSTATE class 22: a value is of a form that PostgreSQL takes in no try, such as a text with a NUL. */
export function isDataException(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^22[0-9A-Z]{3}$/.test(error.code);
}
