import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { issueTypesQuery, type IssueType } from '../customers/queries';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { IssueTypeModal } from './IssueTypeModal';

/** The kinds that an entry on a timeline may be of, beside a plain note. */
export function IssueTypesSection() {
  const types = useQuery(issueTypesQuery);
  const maySetUp = useMay()('set-up-tasks');
  const [edited, setEdited] = useState<IssueType | 'new' | null>(null);
  return (
    <Section title="Kinds of entries" actions={maySetUp && <Button size="compact-xs" variant="subtle" onClick={() => setEdited('new')}>Add a kind</Button>}>
      <Loaded query={types} lines={3}>
        {({ items }) => (
          <PlainTable
            label="Kinds of entries" rows={items} rowKey={(row) => row.code} empty={<EmptyState title="Notes only">With a kind, an entry on a customer’s timeline says what it is about: a delivery problem, a change of bank, a visit.</EmptyState>}
            columns={[
              { heading: 'Kind', grow: true, render: (row) => <>{row.label} {!row.active && <StateBadge state="switched off" tone="neutral" />}</> },
              { heading: 'Code', render: (row) => row.code },
              ...(maySetUp ? [{ heading: 'Change', render: (row: IssueType) => <Button size="compact-xs" variant="subtle" aria-label={`Edit the kind ${row.label}`} onClick={() => setEdited(row)}>Edit</Button> }] : []),
            ]}
          />
        )}
      </Loaded>
      {edited && <IssueTypeModal type={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}
