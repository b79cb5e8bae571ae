/**
 * The language that a customer is written to in: the exact tag, else the same language whatever the region, else the default.
 *
 *     chooseLanguage('de-AT', ['en', 'de'], 'en') // 'de'
 */
export function chooseLanguage(wanted: string, available: readonly string[], defaultLanguage: string): string {
  const tag = normalTag(wanted);
  const exact = available.find((each) => normalTag(each) === tag);
  if (exact !== undefined) return exact;
  const base = baseOf(tag);
  const sameBase = available.filter((each) => baseOf(normalTag(each)) === base).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return sameBase[0] ?? defaultLanguage;
}

/** The tag that amounts and dates are written by: the customer's own region, where the words are of the same language. */
export function writtenAs(wanted: string, chosen: string): string {
  return baseOf(normalTag(wanted)) === baseOf(normalTag(chosen)) ? wanted : chosen;
}

function normalTag(tag: string): string {
  return tag.trim().replaceAll('_', '-').toLowerCase();
}

function baseOf(tag: string): string {
  return tag.split('-')[0] ?? '';
}
