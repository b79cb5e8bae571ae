/** Where to go once a version is in force: to the move of invoices that it began, or to the version. */
export function pageOfInForce(version: { id: number }, migration: { id: number } | null): string {
  return migration ? `/policy?tab=migrations&migration=${migration.id}` : `/policy?version=${version.id}`;
}
