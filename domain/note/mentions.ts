/** Somebody who can be mentioned. */
export interface Person {
  id: number;
  name: string;
}

/** A part of a note: text as it was written, or the mention of somebody, `@` included. */
export interface NotePart {
  text: string;
  /** Everybody of that name; empty: plain text. */
  people: readonly Person[];
}

const wordCharacter = /[\p{L}\p{N}_]/u;

/**
 * Splits a note into text and mentions: `@` and the whole name of somebody, whatever its capitals, where no word runs on before or after it. Of two
 * names that begin alike the longer one is meant. The parts put together are the note.
 */
export function noteParts(text: string, people: readonly Person[]): NotePart[] {
  const names = [...new Set(people.map(({ name }) => name.trim()).filter((name) => name.length > 0))].sort((a, b) => b.length - a.length);
  const parts: NotePart[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const name = wordBefore(text, at) ? undefined : names.find((each) => standsAt(text, at + 1, each));
    if (name === undefined) continue;
    const end = at + 1 + name.length;
    if (at > from) parts.push({ text: text.slice(from, at), people: [] });
    parts.push({ text: text.slice(at, end), people: people.filter((each) => sameName(each.name.trim(), name)) });
    from = end;
    at = end - 1;
  }
  if (from < text.length) parts.push({ text: text.slice(from), people: [] });
  return parts;
}

/** Who is mentioned in a note, each once. */
export function mentioned(text: string, people: readonly Person[]): number[] {
  return [...new Set(noteParts(text, people).flatMap((part) => part.people.map(({ id }) => id)))];
}

const sameName = (one: string, other: string): boolean => one.toLocaleLowerCase('en') === other.toLocaleLowerCase('en');

function standsAt(text: string, at: number, name: string): boolean {
  return sameName(text.slice(at, at + name.length), name) && !wordCharacter.test(characterAt(text, at + name.length));
}

/** An address such as ann@example.com mentions nobody. */
function wordBefore(text: string, at: number): boolean {
  return at > 0 && /[\p{L}\p{N}_.]/u.test(text.slice(Math.max(0, at - 2), at).at(-1) ?? '');
}

const characterAt = (text: string, at: number): string => (at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : '');
