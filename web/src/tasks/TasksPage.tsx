import { Button, Group, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Page } from '../app/Page';
import { EmptyState } from '../feedback/EmptyState';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { FilterSelect } from '../filters/FilterSelect';
import { formatCount } from '../format/money';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { taskQueuesQuery, useTasks, type Task, type TaskState } from './queries';
import { taskColumns } from './taskColumns';
import { TaskModal } from './TaskModal';

const filterNames = ['queue', 'show'] as const;
const shows = ['mine', 'overdue', 'done'] as const;
const showChoices = [{ value: '', label: 'Waiting' }, { value: 'mine', label: 'Mine' }, { value: 'overdue', label: 'Overdue' }, { value: 'done', label: 'Closed' }];
const closed: TaskState[] = ['done', 'cancelled'];

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const [opened, setOpened] = useState<Task | null>(null);
  const { data: queues } = useQuery(taskQueuesQuery);
  const may = useMay();
  const show = oneOf(shows, filters.show);
  const query = useMemo(() => ({
    queue: filters.queue,
    mine: show === 'mine' || undefined,
    overdue: show === 'overdue' || undefined,
    state: show === 'done' ? closed : undefined,
  }), [filters.queue, show]);
  const list = useTasks(query);
  const columns = useMemo(() => taskColumns({ onOpen: setOpened, mayWork: may('work-tasks') }), [may]);
  return (
    <Page title="Tasks" fill>
      <Group gap={8} role="search" aria-label="Filter the tasks">
        <SegmentedControl aria-label="Which tasks" data={showChoices} value={filters.show ?? ''} onChange={(value) => setFilters({ show: value })} />
        <FilterSelect
          label="Queue" value={filters.queue} width={240} onChange={(queue) => setFilters({ queue })}
          options={(queues?.items ?? []).map((each) => ({ value: each.queue, label: `${sentence(each.queue)} (${formatCount(each.open + each.claimed)})` }))}
        />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/tasks" query={query} />
      </Group>
      <ListTable
        label="Tasks" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={activeCount > 0
          ? <EmptyState title="No task here" action={<Button variant="default" onClick={clear}>Show all that wait</Button>} />
          : <EmptyState title="Nothing to do">Steps of the policy put calls and other work into queues; they wait here until someone claims them.</EmptyState>}
      />
      {opened && <TaskModal task={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}
