/** The first characters of a text, without half of one at the end: PostgreSQL's jsonb refuses a half, and no font shows one. */
export function cutText(text: string, charactersMax: number): string {
  return withoutHalves(text.slice(0, charactersMax));
}

/** A text without the halves of characters that remain where something cut it in the middle of one. */
export function withoutHalves(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '');
}
