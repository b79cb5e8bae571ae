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
              { heading: 'Version', render: (row) => <Anchor component="button" type="button" size="sm" fw={500} onClick={() => onOpen(row.id)}>{row.policy} {row.version}</Anchor> },
              { heading: 'Title', grow: true, render: (row) => row.title },
              { heading: 'State', render: (row) => (row.active ? <StateBadge state="active" tone="good" /> : row.inForce && <StateBadge state="in force" tone="active" />) },
              { heading: 'Invoices on it', align: 'right', render: (row) => formatCount(row.invoices) },
              { heading: 'Published', render: (row) => <Instant iso={row.publishedAt} /> },
              { heading: 'By', render: (row) => row.publishedBy },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
