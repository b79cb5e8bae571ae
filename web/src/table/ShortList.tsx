import { Button } from '@mantine/core';
import { ErrorState } from '../feedback/ErrorState';
import { Waiting } from '../feedback/Waiting';
import type { KeysetList } from '../http/useKeysetList';
import { PlainTable, type PlainTableProps } from './PlainTable';

type Props<Row> = Omit<PlainTableProps<Row>, 'rows'> & { list: KeysetList<Row>; lines?: number };

/** A keyset list as a table inside a page: its first rows, and the others a click away. */
export function ShortList<Row>({ list, lines = 3, ...table }: Props<Row>) {
  return (
    <>
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.rows ? <PlainTable {...table} rows={list.rows} /> : !list.isError && <Waiting lines={lines} />}
      {list.hasMore && <Button variant="default" mt="xs" onClick={list.loadMore} loading={list.loadingMore}>More</Button>}
    </>
  );
}
