import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ShortList } from '../table/ShortList';
import { IssueTypesSection } from './IssueTypesSection';
import { queueChoicesQuery, useQueueSettings, useTaskTemplates, type TaskQueue, type TaskTemplate } from './queries';
import { QueueModal } from './QueueModal';
import { assignmentRules, priorities, taskOutcomes } from './states';
import { TemplateModal } from './TemplateModal';

const filterNames = ['search', 'queue', 'state'] as const;

/** Who does which tasks, what tasks say, and of which kinds entries are; what is searched for is looked for in all three. */
export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const queues = useQuery(queueChoicesQuery);
  const { search, queue } = filters;
  const state = oneOf(['on', 'off'] as const, filters.state);
  const active = state && state === 'on';
  return (
    <Page title="Queues and templates" back={{ to: '/tasks', label: 'Tasks' }}>
      <Group gap={8} mb="sm" role="search" aria-label="Filter queues, templates and kinds">
        <SearchBox label="Name or title" value={search ?? ''} onChange={(next) => setFilters({ search: next }, { replace: true })} />
        <FilterSelect label="Templates of a queue" width={180} value={queue} options={(queues.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))} onChange={(next) => setFilters({ queue: next })} />
        <FilterSelect label="State" value={filters.state} options={[{ value: 'on', label: 'In use' }, { value: 'off', label: 'Switched off' }]} onChange={(next) => setFilters({ state: next })} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
      </Group>
      <Stack gap="sm"><Queues search={search} /><Templates search={search} queue={queue} active={active} /><IssueTypesSection search={search} active={active} /></Stack>
    </Page>
  );
}

const goesTo = ({ escalation, lead, escalateTo }: TaskQueue): string => (escalation === 'lead' ? `to ${lead?.name ?? 'the lead'}` : escalation === 'queue' ? `into ${escalateTo ?? 'another queue'}` : 'nowhere');

function Queues({ search }: { search: string | undefined }) {
  const query = useMemo(() => ({ search }), [search]);
  const list = useQueueSettings(query);
  const { data: queues } = useQuery(queueChoicesQuery);
  const maySetUp = useMay()('set-up-tasks');
  const [edited, setEdited] = useState<TaskQueue | 'new' | null>(null);
  return (
    <Section title="Queues" actions={<>{maySetUp && <Button size="compact-xs" variant="subtle" onClick={() => setEdited('new')}>Add a queue</Button>}<ExportLink list="/task-queues" query={query} /></>}>
      <ShortList
        label="Queues" list={list} rowKey={(row) => row.name} empty={<EmptyState title={search ? 'No queue is like that' : 'No queue is set up'} />}
        columns={[
          { heading: 'Queue', render: (row) => row.name },
          { heading: 'New tasks go', render: (row) => assignmentRules[row.assignment] },
          { heading: 'People', grow: true, render: (row) => row.members.map(({ name }) => name).join(', ') || '–' },
          { heading: 'Overdue tasks go', render: goesTo },
          ...(maySetUp ? [{ heading: 'Change', render: (row: TaskQueue) => <Button size="compact-xs" variant="subtle" aria-label={`Edit the queue ${row.name}`} onClick={() => setEdited(row)}>Edit</Button> }] : []),
        ]}
      />
      {edited && <QueueModal queue={edited === 'new' ? null : edited} queues={queues?.items ?? []} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function Templates({ search, queue, active }: { search: string | undefined; queue: string | undefined; active: boolean | undefined }) {
  const query = useMemo(() => ({ search, queue, active }), [search, queue, active]);
  const list = useTaskTemplates(query);
  const filtered = Object.values(query).some((value) => value !== undefined);
  const maySetUp = useMay()('set-up-tasks');
  const [edited, setEdited] = useState<TaskTemplate | 'new' | null>(null);
  return (
    <Section title="Templates" actions={<>{maySetUp && <Button size="compact-xs" variant="subtle" onClick={() => setEdited('new')}>Add a template</Button>}<ExportLink list="/task-templates" query={query} /></>}>
      <ShortList
        label="Task templates" list={list} rowKey={(row) => row.name}
        empty={filtered ? <EmptyState title="No template is like that" /> : <EmptyState title="No template yet">A template says what a task is called, how it is done and which outcomes it may have. Steps of a policy name it.</EmptyState>}
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
      {edited && <TemplateModal template={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}
