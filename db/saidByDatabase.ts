/** What went wrong, in words for a person: of an error of PostgreSQL its own, without the statement that knex puts before them. */
export function saidByDatabase(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'severity' in error ? error.message.split(' - ').at(-1)! : error.message;
}
