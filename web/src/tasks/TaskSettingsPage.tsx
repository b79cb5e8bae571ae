import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { IssueTypesSection } from './IssueTypesSection';
import { queueSettingsQuery, taskTemplatesQuery, type TaskQueue, type TaskTemplate } from './queries';
import { QueueModal } from './QueueModal';
import { assignmentRules, priorities, taskOutcomes } from './states';
import { TemplateModal } from './TemplateModal';

/** Who does which tasks, what tasks say, and of which kinds entries are. */
export function Component() {
  return (
    <Page title="Queues and templates" back={{ to: '/tasks', label: 'Tasks' }}>
      <Stack gap="sm"><Queues /><Templates /><IssueTypesSection /></Stack>
    </Page>
  );
}

const goesTo = ({ escalation, lead, escalateTo }: TaskQueue): string => (escalation === 'lead' ? `to ${lead?.name ?? 'the lead'}` : escalation === 'queue' ? `into ${escalateTo ?? 'another queue'}` : 'nowhere');

function Queues() {
  const queues = useQuery(queueSettingsQuery);
  const maySetUp = useMay()('set-up-tasks');
  const [edited, setEdited] = useState<TaskQueue | 'new' | null>(null);
  return (
    <Section title="Queues" actions={maySetUp && <Button size="compact-xs" variant="subtle" onClick={() => setEdited('new')}>Add a queue</Button>}>
      <Loaded query={queues} lines={3}>
        {({ items }) => (
          <PlainTable
            label="Queues" rows={items} rowKey={(row) => row.name} empty={<EmptyState title="No queue is set up" />}
            columns={[
              { heading: 'Queue', render: (row) => row.name },
              { heading: 'New tasks go', render: (row) => assignmentRules[row.assignment] },
              { heading: 'People', grow: true, render: (row) => row.members.map(({ name }) => name).join(', ') || '–' },
              { heading: 'Overdue tasks go', render: goesTo },
              ...(maySetUp ? [{ heading: 'Change', render: (row: TaskQueue) => <Button size="compact-xs" variant="subtle" aria-label={`Edit the queue ${row.name}`} onClick={() => setEdited(row)}>Edit</Button> }] : []),
            ]}
          />
        )}
      </Loaded>
      {edited && <QueueModal queue={edited === 'new' ? null : edited} queues={queues.data?.items ?? []} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function Templates() {
  const templates = useQuery(taskTemplatesQuery);
  const maySetUp = useMay()('set-up-tasks');
  const [edited, setEdited] = useState<TaskTemplate | 'new' | null>(null);
  return (
    <Section title="Templates" actions={maySetUp && <Button size="compact-xs" variant="subtle" onClick={() => setEdited('new')}>Add a template</Button>}>
      <Loaded query={templates} lines={3}>
        {({ items }) => (
          <PlainTable
            label="Task templates" rows={items} rowKey={(row) => row.name} empty={<EmptyState title="No template yet">A template says what a task is called, how it is done and which outcomes it may have. Steps of a policy name it.</EmptyState>}
            columns={[
              { heading: 'Name', render: (row) => <>{row.name} {!row.active && <StateBadge state="switched off" tone="neutral" />}</> },
              { heading: 'Title', grow: true, render: (row) => row.title },
              { heading: 'Queue', render: (row) => row.queue },
              { heading: 'Due in days', align: 'right', render: (row) => row.dueInDays },
              { heading: 'Priority', render: (row) => priorities[row.priority as keyof typeof priorities] },
              { heading: 'Outcomes', render: (row) => row.outcomes?.map((each) => taskOutcomes[each]).join(', ') ?? 'Every one' },
              ...(maySetUp ? [{ heading: 'Change', render: (row: TaskTemplate) => <Button size="compact-xs" variant="subtle" aria-label={`Edit the template ${row.name}`} onClick={() => setEdited(row)}>Edit</Button> }] : []),
            ]}
          />
        )}
      </Loaded>
      {edited && <TemplateModal template={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}
