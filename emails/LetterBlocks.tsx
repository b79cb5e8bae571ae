import { Heading, Hr, Link, Text } from '@react-email/components';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { styles } from './letterStyles';
import type { Block, Inline } from './templates/blocks';
import type { BlockName } from './templates/values';

interface Props {
  of: readonly Block[];
  /** What stands where the body has a block of the frame. */
  frame: Readonly<Record<BlockName, ReactNode>>;
  /** Within a list item, whose paragraphs keep no distance. */
  tight?: boolean;
}

/** A template's body as React elements: whatever is in it is text, escaped by React. */
export function Blocks({ of, frame, tight = false }: Props): ReactElement {
  return <>{of.map((block, index) => <Fragment key={index}>{element(block, frame, tight)}</Fragment>)}</>;
}

function element(block: Block, frame: Props['frame'], tight: boolean): ReactNode {
  switch (block.kind) {
    case 'paragraph': return <Text style={tight ? styles.itemText : styles.paragraph}><Inlines of={block.inlines} /></Text>;
    case 'heading': return <Heading as={block.level === 2 ? 'h2' : 'h3'} style={styles.subheading}><Inlines of={block.inlines} /></Heading>;
    case 'list': {
      const items = block.items.map((item, index) => <li key={index} style={styles.item}><Blocks of={item} frame={frame} tight /></li>);
      return block.start === null ? <ul style={styles.list}>{items}</ul> : <ol start={block.start} style={styles.list}>{items}</ol>;
    }
    case 'quote': return <blockquote style={styles.quote}><Blocks of={block.blocks} frame={frame} /></blockquote>;
    case 'rule': return <Hr style={styles.rule} />;
    case 'table': return <BodyTable {...block} />;
    case 'frame': return frame[block.block];
  }
}

function BodyTable({ align, head, rows }: Extract<Block, { kind: 'table' }>): ReactElement {
  const aligned = (column: number) => ({ textAlign: align[column] ?? 'left' });
  return (
    <table style={styles.table} cellPadding={0} cellSpacing={0}>
      <thead>
        <tr>{head.map((cell, column) => <th key={column} scope="col" style={{ ...styles.th, ...aligned(column) }}><Inlines of={cell} /></th>)}</tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>{row.map((cell, column) => <td key={column} style={{ ...styles.cell, ...aligned(column) }}><Inlines of={cell} /></td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}

function Inlines({ of }: { of: readonly Inline[] }): ReactElement {
  return <>{of.map((inline, index) => <Fragment key={index}>{inlineElement(inline)}</Fragment>)}</>;
}

function inlineElement(inline: Inline): ReactNode {
  switch (inline.kind) {
    case 'text': return inline.text;
    case 'break': return <br />;
    case 'strong': return <strong><Inlines of={inline.inlines} /></strong>;
    case 'em': return <em><Inlines of={inline.inlines} /></em>;
    case 'link': return <Link href={inline.url} style={styles.link}><Inlines of={inline.inlines} /></Link>;
  }
}
