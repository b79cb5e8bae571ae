import { getCoreRowModel, useReactTable, type ColumnDef, type RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import { ScrollRegion } from '../app/ScrollRegion';
import { HeaderCell } from './HeaderCell';
import { useRowKeys } from './useRowKeys';
import { useWindowWidth } from './useWindowWidth';
import classes from './DataTable.module.css';
import { RowCells } from './RowCells';

declare module '@tanstack/react-table' {
  interface ColumnMeta<TData extends RowData, TValue> {
    align?: 'right';
    /** The name that the API sorts by; without it the column can't be sorted. */
    sortBy?: string;
    /** Left out below this width of the window, in pixels. */
    from?: number;
    grow?: boolean;
    /** Stays in view at the right edge however far the table is scrolled: for the column of buttons. */
    pinned?: boolean;
  }
}

const rowHeightPx = 34;
const overscanRows = 12;
/** How many rows before the end the next page is asked for. */
const fetchAheadRows = 20;

export interface DataTableProps<Row> {
  /** What the rows are, for those who hear the table. */
  label: string;
  rows: readonly Row[];
  columns: ColumnDef<Row>[];
  rowId: (row: Row) => string;
  /** As in the URL: `dueOn`, or `-dueOn` for the other way round. */
  sort?: string;
  onSort?: (sort: string) => void;
  hasMore?: boolean;
  loadingMore?: boolean;
  loadMore?: () => void;
  empty: ReactNode;
  /** Turns j, k and Enter on: for the one table that is the page. */
  keys?: boolean;
}

/** A list of any length: only the rows in view are in the document, and the next page comes as they near the end. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowId, sort, onSort, hasMore, loadingMore, loadMore, empty, keys } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const visible = useVisibleColumns(columns);
  const table = useReactTable({ data: rows as Row[], columns: visible, getCoreRowModel: getCoreRowModel(), getRowId: rowId });
  const model = table.getRowModel().rows;
  const virtualizer = useVirtualizer({ count: model.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeightPx, overscan: overscanRows });
  const items = virtualizer.getVirtualItems();
  useRowKeys({ enabled: keys ?? false, count: model.length, scroller, scrollTo: (index) => virtualizer.scrollToIndex(index) });

  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && lastIndex >= model.length - fetchAheadRows) loadMore?.();
  }, [hasMore, loadingMore, lastIndex, model.length, loadMore]);

  if (rows.length === 0) return <div className={classes.scroller}>{empty}</div>;
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <ScrollRegion ref={scroller} className={classes.scroller} label={`${label}, table`}>
      <table className={classes.table} aria-label={label} aria-rowcount={hasMore ? -1 : model.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {visible.map((column) => <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />)}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {items.map((item) => {
            const row = model[item.index];
            return row && (
              <tr key={row.id} data-row={item.index} aria-rowindex={item.index + 2} ref={virtualizer.measureElement} data-index={item.index}>
                <RowCells row={row} />
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
      {loadingMore && <div className={`${classes.more} appear-late`} role="status">Loading more</div>}
    </ScrollRegion>
  );
}

/** Columns that fit: on a narrow window the less needed ones make room. */
function useVisibleColumns<Row>(columns: ColumnDef<Row>[]): ColumnDef<Row>[] {
  const width = useWindowWidth();
  return columns.filter((column) => width >= (column.meta?.from ?? 0));
}
