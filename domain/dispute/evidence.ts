/** A file that belongs to a dispute: ten megabytes hold a scan of some pages. */
export const evidenceBytesMax = 10_000_000;
export const evidenceFilesMax = 20;

const marks: readonly { type: string; starts: readonly number[] }[] = [
  { type: 'application/pdf', starts: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
];

/** What a file is, by what it holds and not by what it is called: a PDF, a picture, or plain text. Null: none that is taken. */
export function evidenceType(content: Uint8Array): string | null {
  const marked = marks.find(({ starts }) => starts.every((byte, position) => content[position] === byte));
  if (marked) return marked.type;
  if (content.includes(0)) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    // A page or a drawing that a browser would run is text too, but none that anybody needs here.
    return /^\s*(<!|<\?|<[a-z])/i.test(text) ? null : 'text/plain';
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A file's name without folders and without what a header or a terminal would take for something else. */
export function evidenceName(name: string): string {
  const own = (name.split(/[\\/]/).at(-1) ?? '').replace(/[\p{C}"<>|:*?]/gu, '_').trim().slice(0, 150);
  return own === '' || /^\.+$/.test(own) ? 'file' : own;
}
