import type { BlockName } from './values';

/** A body that has been read: blocks of text, with every value in its place. HTML and plain text are both made from it. */
export type Block =
  | { kind: 'paragraph'; inlines: readonly Inline[] }
  | { kind: 'heading'; level: 2 | 3; inlines: readonly Inline[] }
  | { kind: 'list'; start: number | null; items: readonly (readonly Block[])[] }
  | { kind: 'table'; align: readonly ('left' | 'right' | 'center')[]; head: readonly (readonly Inline[])[]; rows: readonly (readonly (readonly Inline[])[])[] }
  | { kind: 'quote'; blocks: readonly Block[] }
  | { kind: 'rule' }
  /** Set by the frame: the table of invoices, the ways to pay. */
  | { kind: 'frame'; block: BlockName };

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'em'; inlines: readonly Inline[] }
  /** Checked: http, https or mailto. */
  | { kind: 'link'; url: string; inlines: readonly Inline[] }
  | { kind: 'break' };

export function inlineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => {
    switch (inline.kind) {
      case 'text': return inline.text;
      case 'break': return '\n';
      case 'strong':
      case 'em': return inlineText(inline.inlines);
      case 'link': {
        const label = inlineText(inline.inlines);
        const address = inline.url.replace(/^mailto:/, '');
        return label === inline.url || label === address || `${label}/` === inline.url ? label : `${label}: ${address}`;
      }
    }
  }).join('');
}
