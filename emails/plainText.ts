import type { Letter, LetterTable } from './letter';

/** The plain-text part: the same letter for readers without HTML. */
export function plainText(letter: Letter): string {
  const blocks = [
    letter.greeting,
    ...letter.opening,
    table(letter.table),
    ...(letter.payment ? [[
      `${letter.payment.heading}:`,
      ...aligned(letter.payment.facts.map(({ label, value }) => [`  ${label}`, value])),
      ...letter.payment.links.map(({ label, url }) => `  ${label}: ${url}`),
      ...letter.payment.notes.map((note) => `  ${note}`),
    ].join('\n')] : []),
    ...letter.closing,
    ...(letter.questions ? [letter.questions] : []),
    `${letter.regards}\n${letter.sender}`,
    `-- \n${letter.footer.join('\n')}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function table({ rows, totals }: LetterTable): string {
  return [
    ...aligned(rows.map((row) => [`  ${row.number}`, row.due, row.status, row.open])),
    ...totals.map(({ label, amount }) => `  ${label}: ${amount}`),
  ].join('\n');
}

/** Pads every column but the last, so that the rows line up in a fixed-width font. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, column) => Math.max(most[column] ?? 0, cell.length)), []);
  return rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('   '));
}
