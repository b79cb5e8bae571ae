/** Whether PostgreSQL can keep a text as it is: it has no NUL and no half of a character. */
export function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}

/** Why a text cannot be kept, or null. For what people send: they correct it, while what comes by mail is taken as `storableText` makes it. */
export function unstorable(text: string): string | null {
  return isStorable(text) ? null : 'holds a NUL or half of a character, which no text may';
}

/** Text as PostgreSQL can keep it, in `text` as in `jsonb`: without NUL, and without half of a character, which remains where text was cut in the middle of one. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\u{fffd}');
}
