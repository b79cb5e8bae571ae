import { ErrorState } from '../feedback/ErrorState';
import { Waiting } from '../feedback/Waiting';
import type { KeysetList } from '../http/useKeysetList';
import { DataTable, type DataTableProps } from './DataTable';

type Props<Row> = Omit<DataTableProps<Row>, 'rows' | 'hasMore' | 'loadingMore' | 'loadMore'> & { list: KeysetList<Row> };

/** A keyset list with its waiting and failing faces. */
export function ListTable<Row>({ list, ...table }: Props<Row>) {
  if (!list.rows) return list.isError ? <ErrorState error={list.error} retry={() => void list.refetch()} /> : <Waiting lines={12} />;
  return (
    <>
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      <DataTable {...table} rows={list.rows} hasMore={list.hasMore} loadingMore={list.loadingMore} loadMore={list.loadMore} />
    </>
  );
}
