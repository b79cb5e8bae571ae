import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { PlainTable } from '../table/PlainTable';
import type { Import } from './queries';

export function SampleTable({ current: { columns, sample } }: { current: Import }) {
  const rows = sample.map((cells, index) => ({ index, cells }));
  return (
    <Section title="First rows of the file">
      <PlainTable
        label="First rows of the file" rows={rows} rowKey={(row) => row.index} empty={<EmptyState title="The file has no rows" />}
        columns={columns.map((heading, index) => ({ heading: heading || `Column ${index + 1}`, render: ({ cells }: { cells: string[] }) => cells[index] }))}
      />
    </Section>
  );
}
