/** The first characters of a text, without half of one at the end: PostgreSQL's jsonb refuses a half, and no font shows one. */
export function cutText(text: string, charactersMax: number): string {
  return text.slice(0, charactersMax).replace(/\p{Surrogate}/gu, '');
}
