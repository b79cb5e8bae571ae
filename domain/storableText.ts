/** Why a text cannot be kept, or null. For what people send: they correct it, while what comes by mail is taken as `storableText` makes it. */
export function unstorable(text: string): string | null {
  return text.includes('\0') || /\p{Surrogate}/u.test(text) ? 'holds a NUL or half of a character, which no text may' : null;
}

/** Text as PostgreSQL can keep it, in `text` as in `jsonb`: without NUL, and without half of a character, which remains where text was cut in the middle of one. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\u{fffd}');
}
