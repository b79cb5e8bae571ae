import type { ReactNode } from 'react';
import { ScrollRegion } from '../app/ScrollRegion';
import { useWindowWidth } from './useWindowWidth';
import classes from './PlainTable.module.css';

export interface PlainColumn<Row> {
  heading: string;
  align?: 'right';
  grow?: boolean;
  /** Left out below this width of the window, in pixels. */
  from?: number;
  render: (row: Row) => ReactNode;
}

export interface PlainTableProps<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly PlainColumn<Row>[];
  rowKey: (row: Row) => string | number;
  empty?: ReactNode;
  footer?: ReactNode;
}

/** A short table inside a page: all of its rows at once, scrolling sideways where it must. */
export function PlainTable<Row>({ label, rows, columns, rowKey, empty, footer }: PlainTableProps<Row>) {
  const width = useWindowWidth();
  if (rows.length === 0) return <>{empty}</>;
  const visible = columns.filter(({ from = 0 }) => width >= from);
  return (
    <ScrollRegion label={`${label}, table`} className={classes.scroller}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {visible.map((column) => <th key={column.heading} scope="col" className={column.align === 'right' ? 'num' : undefined}>{column.heading}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {visible.map((column) => (
                <td key={column.heading} className={column.align === 'right' ? 'num' : undefined} data-grow={column.grow || undefined}>{column.render(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
        {footer && <tfoot>{footer}</tfoot>}
      </table>
    </ScrollRegion>
  );
}
