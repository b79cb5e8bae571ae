import { flexRender, type Row } from '@tanstack/react-table';

export function RowCells<Data>({ row }: { row: Row<Data> }) {
  return row.getVisibleCells().map((cell) => (
    <td key={cell.id} className={cell.column.columnDef.meta?.align === 'right' ? 'num' : undefined} data-grow={cell.column.columnDef.meta?.grow || undefined} data-pinned={cell.column.columnDef.meta?.pinned || undefined}>
      {flexRender(cell.column.columnDef.cell, cell.getContext())}
    </td>
  ));
}
