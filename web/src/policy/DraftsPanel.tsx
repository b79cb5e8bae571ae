import { Anchor, Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { Loaded } from '../feedback/Loaded';
import { Instant } from '../format/Instant';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { draftsQuery, useCreateDraft } from './drafts/queries';

/** What is being worked on; a draft begins as the text of a published version. */
export function DraftsPanel({ baseVersionId }: { baseVersionId: number | null }) {
  const drafts = useQuery(draftsQuery);
  const create = useCreateDraft();
  const navigate = useNavigate();
  const may = useMay();
  const begin = may('simulate-policy') && (
    <Button leftSection={<IconPlus size={14} aria-hidden />} loading={create.pending} disabled={baseVersionId === null} onClick={() => create.run({ baseVersionId: baseVersionId ?? undefined }, ({ id }) => void navigate(`/policy/drafts/${id}`))}>
      Begin a draft
    </Button>
  );
  return (
    <Section title="Drafts" actions={<Group>{begin}</Group>}>
      {create.error ? <ErrorState error={create.error} /> : null}
      <Loaded query={drafts} lines={3}>
        {({ items }) => (
          <PlainTable
            label="Drafts" rows={items} rowKey={(row) => row.id} empty={<EmptyState title="No drafts">Begin one: it starts as the text of the active version, and is published when it is ready.</EmptyState>}
            columns={[
              { heading: 'Policy', grow: true, render: (row) => <Anchor component={Link} to={`/policy/drafts/${row.id}`} size="sm" fw={500}>{row.name}{row.version === null ? '' : ` ${row.version}`}</Anchor> },
              { heading: 'Changed', render: (row) => <Instant iso={row.updatedAt} /> },
              { heading: 'By', render: (row) => row.updatedBy },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
