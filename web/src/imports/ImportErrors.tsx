import { Button, Code, Text } from '@mantine/core';
import { Section } from '../app/Section';
import { ErrorState } from '../feedback/ErrorState';
import { formatCount } from '../format/money';
import { ExportLink } from '../table/ExportLink';
import { PlainTable } from '../table/PlainTable';
import { useImportErrors, type Import } from './queries';

/** Each bad row with where it is and what is wrong with it; without any, nothing is shown. */
export function ImportErrors({ current }: { current: Import }) {
  const list = useImportErrors(current.id, current.finishedAt);
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (!list.rows || list.rows.length === 0) return null;
  return (
    <Section title="Rows that were rejected" actions={<ExportLink list={`/imports/${current.id}/errors`} />}>
      <PlainTable
        label="Rows that were rejected" rows={list.rows} rowKey={(row) => `${row.line}/${row.column ?? ''}/${row.reason}`}
        columns={[
          { heading: 'Line', align: 'right', render: (row) => formatCount(row.line) },
          { heading: 'Column', render: (row) => row.column ?? <Text span c="dimmed">–</Text> },
          { heading: 'Value', grow: true, render: (row) => (row.value === null ? <Text span c="dimmed">–</Text> : row.value === '' ? <Text span c="dimmed">empty</Text> : <Code>{row.value}</Code>) },
          { heading: 'Reason', grow: true, render: (row) => row.reason },
        ]}
      />
      {list.hasMore && <Button variant="default" mt="xs" onClick={list.loadMore} loading={list.loadingMore}>More</Button>}
    </Section>
  );
}
