import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { useIssueTypes, type IssueType } from '../customers/queries';
import { EmptyState } from '../feedback/EmptyState';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ShortList } from '../table/ShortList';
import { IssueTypeModal } from './IssueTypeModal';

/** The kinds that an entry on a timeline may be of, beside a plain note. */
export function IssueTypesSection({ search, active }: { search: string | undefined; active: boolean | undefined }) {
  const query = useMemo(() => ({ search, active }), [search, active]);
  const list = useIssueTypes(query);
  const maySetUp = useMay()('set-up-tasks');
  const [edited, setEdited] = useState<IssueType | 'new' | null>(null);
  return (
    <Section title="Kinds of entries" actions={<>{maySetUp && <Button size="compact-xs" variant="subtle" onClick={() => setEdited('new')}>Add a kind</Button>}<ExportLink list="/issue-types" query={query} /></>}>
      <ShortList
        label="Kinds of entries" list={list} rowKey={(row) => row.code}
        empty={search !== undefined || active !== undefined ? <EmptyState title="No kind is like that" /> : <EmptyState title="Notes only">With a kind, an entry on a customer’s timeline says what it is about: a delivery problem, a change of bank, a visit.</EmptyState>}
        columns={[
          { heading: 'Kind', grow: true, render: (row) => <>{row.label} {!row.active && <StateBadge state="switched off" tone="neutral" />}</> },
          { heading: 'Code', render: (row) => row.code },
          ...(maySetUp ? [{ heading: 'Change', render: (row: IssueType) => <Button size="compact-xs" variant="subtle" aria-label={`Edit the kind ${row.label}`} onClick={() => setEdited(row)}>Edit</Button> }] : []),
        ]}
      />
      {edited && <IssueTypeModal type={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}
