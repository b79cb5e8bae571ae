import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import classes from './DataTable.module.css';

interface Props<Row> {
  column: ColumnDef<Row>;
  sort?: string;
  onSort?: (sort: string) => void;
}

export function HeaderCell<Row>({ column, sort, onSort }: Props<Row>) {
  const heading = typeof column.header === 'string' ? column.header : '';
  const right = column.meta?.align === 'right';
  const sortBy = column.meta?.sortBy;
  if (!sortBy || !onSort) return <th scope="col" className={right ? 'num' : undefined} data-pinned={column.meta?.pinned || undefined}>{heading}</th>;

  const direction = sort === sortBy ? 'ascending' : sort === `-${sortBy}` ? 'descending' : 'none';
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" className={right ? 'num' : undefined} aria-sort={direction}>
      <UnstyledButton className={classes.sort} data-active={direction !== 'none' || undefined} onClick={() => onSort(direction === 'ascending' ? `-${sortBy}` : sortBy)}>
        {heading}
        <Arrow size={12} aria-hidden className={classes.arrow} />
      </UnstyledButton>
    </th>
  );
}
