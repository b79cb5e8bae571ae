import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { Instant } from '../format/Instant';
import { PlainTable } from '../table/PlainTable';
import { useMessages, type MessageFilters } from './queries';
import { messageStates } from './states';

/** The messages about one invoice, inside its page. */
export function MessagesSection({ query }: { query: MessageFilters }) {
  const list = useMessages(query);
  return (
    <Section title="Messages">
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.rows && (
        <PlainTable
          label="Messages" rows={list.rows} rowKey={(row) => row.id}
          empty={<EmptyState title="Nothing has been sent" />}
          columns={[
            { heading: 'When', render: (row) => <Instant iso={row.sentAt ?? row.queuedAt} short /> },
            { heading: 'Subject', grow: true, render: (row) => <Anchor component={Link} to={`/messages/${row.id}`} size="sm">{row.subject ?? 'Not rendered yet'}</Anchor> },
            { heading: 'To', grow: true, render: (row) => row.toAddresses.join(', ') },
            { heading: 'State', render: (row) => <StateBadge state={row.state} {...messageStates[row.state]} /> },
          ]}
        />
      )}
    </Section>
  );
}
