import { Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { Instant } from '../format/Instant';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { NewTemplateModal } from './NewTemplateModal';
import { kindNames } from './kinds';
import { templatesQuery } from './queries';

export function Component() {
  const templates = useQuery(templatesQuery);
  const may = useMay();
  const [adding, setAdding] = useState(false);
  return (
    <Page title="Templates" actions={may('edit-templates') && <Button onClick={() => setAdding(true)}>New template</Button>}>
      <Loaded query={templates}>
        {({ items }) => (
          <PlainTable
            label="Templates" rows={items} rowKey={(row) => row.id} empty={<EmptyState title="No templates">A template holds the words of a message.</EmptyState>}
            columns={[
              { heading: 'Title', grow: true, render: (row) => <Anchor component={Link} to={`/templates/${row.id}`} size="sm" fw={500}>{row.title}</Anchor> },
              { heading: 'Name in policies', render: (row) => row.name },
              { heading: 'Kind', render: (row) => kindNames[row.kind] },
              { heading: 'Languages', render: (row) => row.languages.join(', ') },
              { heading: 'Version', align: 'right', render: (row) => row.currentVersion ?? '–' },
              { heading: 'Draft', render: (row) => row.hasDraft && <StateBadge state="draft" label="Draft" tone="active" /> },
              { heading: 'Changed', render: (row) => <Instant iso={row.updatedAt} short /> },
            ]}
          />
        )}
      </Loaded>
      {adding && <NewTemplateModal onClose={() => setAdding(false)} />}
    </Page>
  );
}
