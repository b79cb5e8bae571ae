import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { PlainTable } from '../table/PlainTable';
import { policyVersionsQuery } from './queries';

export function VersionsPanel({ onOpen }: { onOpen: (id: number) => void }) {
  const versions = useQuery(policyVersionsQuery);
  return (
    <Section title="Published versions">
      <Loaded query={versions} lines={4}>
        {({ items }) => (
          <PlainTable
            label="Published versions" rows={items} rowKey={(row) => row.id} empty={<EmptyState title="No policy is published" />}
            columns={[
              { heading: 'Version', cell: (row) => <Anchor component="button" type="button" size="sm" fw={500} onClick={() => onOpen(row.id)}>{row.policy} {row.version}</Anchor> },
              { heading: 'Title', grow: true, cell: (row) => row.title },
              { heading: 'State', cell: (row) => row.active && <StateBadge state="active" tone="good" /> },
              { heading: 'Invoices on it', align: 'right', cell: (row) => formatCount(row.invoices) },
              { heading: 'Published', cell: (row) => <Instant iso={row.publishedAt} /> },
              { heading: 'By', cell: (row) => row.publishedBy },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
