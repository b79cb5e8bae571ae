/** Text as PostgreSQL can keep it, in `text` as in `jsonb`: without NUL, and without half of a character, which remains where text was cut in the middle of one. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\u{fffd}');
}
