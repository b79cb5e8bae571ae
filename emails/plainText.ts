import type { Letter, LetterPayment, LetterTable } from './letter';
import { inlineText, type Block } from './templates/blocks';

/** The plain-text part: the same letter for readers without HTML. */
export function plainText(letter: Letter): string {
  const blocks = [...textsOf(letter.body, letter), `-- \n${letter.footer.join('\n')}`];
  return `${blocks.join('\n\n')}\n`;
}

function textsOf(blocks: readonly Block[], letter: Letter): string[] {
  return blocks.map((block) => textOf(block, letter)).filter((text) => text !== '');
}

function textOf(block: Block, letter: Letter): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.inlines).split('\n').map((line) => line.trim()).join('\n');
    case 'list':
      return block.items.map((item, index) => hanging(textsOf(item, letter).join('\n'), block.start === null ? '- ' : `${block.start + index}. `)).join('\n');
    case 'quote':
      return textsOf(block.blocks, letter).join('\n\n').split('\n').map((line) => `> ${line}`).join('\n');
    case 'table':
      return aligned([block.head, ...block.rows].map((row) => row.map((cell, column) => `${column === 0 ? '  ' : ''}${inlineText(cell).replaceAll('\n', ' ')}`))).join('\n');
    case 'rule':
      return '---';
    case 'frame':
      if (block.block === 'invoices') return letter.table ? table(letter.table) : '';
      return letter.payment ? payment(letter.payment) : '';
  }
}

function hanging(text: string, mark: string): string {
  return text.split('\n').map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`).join('\n');
}

function payment({ heading, facts, links, notes }: LetterPayment): string {
  return [
    `${heading}:`,
    ...aligned(facts.map(({ label, value }) => [`  ${label}`, value])),
    ...links.map(({ label, url }) => `  ${label}: ${url}`),
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
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
