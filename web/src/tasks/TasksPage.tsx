import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconPlus, IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { CustomerFilter } from '../customers/CustomerFilter';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { notifyFailed } from '../feedback/notify';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { FilterSelect } from '../filters/FilterSelect';
import { formatCount } from '../format/money';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { BulkReassign } from './BulkReassign';
import { NewTaskModal } from './NewTaskModal';
import { taskQuery, taskQueuesQuery, useClaimTask, useTasks, type Task, type TaskState } from './queries';
import { useTaskKeys } from './useTaskKeys';
import { taskColumns } from './taskColumns';
import { TaskModal } from './TaskModal';

const filterNames = ['queue', 'show', 'customerId', 'sort'] as const;
const namedNames = ['task'] as const;
const shows = ['mine', 'unassigned', 'overdue', 'done'] as const;
const showChoices = [{ value: '', label: 'Waiting' }, { value: 'mine', label: 'Mine' }, { value: 'unassigned', label: 'Nobody\u2019s' }, { value: 'overdue', label: 'Overdue' }, { value: 'done', label: 'Closed' }];
const closed: TaskState[] = ['done', 'cancelled'];

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const [opened, setOpened] = useState<Task | null>(null);
  // The one that a link leads to, as those in emails do.
  const { filters: { task: named }, setFilters: name } = useFilters(namedNames);
  const linked = useQuery({ ...taskQuery(Number(named)), enabled: Number(named) > 0 });
  const shown = opened ?? (named ? linked.data : undefined);
  const close = () => (opened ? setOpened(null) : name({ task: undefined }, { replace: true }));
  const [making, setMaking] = useState(false);
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const { data: queues } = useQuery(taskQueuesQuery);
  const may = useMay();
  const claim = useClaimTask(notifyFailed);
  const show = oneOf(shows, filters.show);
  const query = useMemo(() => ({
    queue: filters.queue,
    mine: show === 'mine' || undefined,
    unassigned: show === 'unassigned' || undefined,
    overdue: show === 'overdue' || undefined,
    state: show === 'done' ? closed : undefined,
    customerId: Number(filters.customerId) || undefined,
    sort: oneOf(['dueOn', 'priority'], filters.sort),
  }), [filters, show]);
  const list = useTasks(query);
  const { run: runClaim } = claim;
  const keys = useMemo(() => ({ claim: (task: Task) => { if (may('work-tasks')) runClaim(task); }, complete: setOpened }), [may, runClaim]);
  useTaskKeys(list.rows, keys);
  const tick = useMemo(() => (may('set-up-tasks') ? (id: number) => setTicked((before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id])) : null), [may]);
  const columns = useMemo(() => taskColumns({ onOpen: setOpened, mayWork: may('work-tasks'), ticked, onTick: tick }), [may, ticked, tick]);
  return (
    <Page title="Tasks" fill actions={<>{may('work-tasks') && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMaking(true)}>New task</Button>}<Button component={Link} to="/task-settings" variant="default" leftSection={<IconSettings size={14} aria-hidden />}>Queues and templates</Button></>}>
      <Group gap={8} role="search" aria-label="Filter the tasks">
        <SegmentedControl aria-label="Which tasks" data={showChoices} value={filters.show ?? ''} onChange={(value) => setFilters({ show: value })} />
        <FilterSelect
          label="Queue" value={filters.queue} width={240} onChange={(queue) => setFilters({ queue })}
          options={(queues?.items ?? []).map((each) => ({ value: each.queue, label: `${sentence(each.queue)} (${formatCount(each.open + each.claimed)})` }))}
        />
        <CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/tasks" query={query} />
      </Group>
      {ticked.size > 0 && <BulkReassign ids={[...ticked]} hidden={[...ticked].filter((id) => !list.rows?.some((row) => row.id === id)).length} onDone={() => setTicked(new Set())} />}
      <ListTable
        label="Tasks" keys list={list} columns={columns} rowId={(row) => String(row.id)} sort={filters.sort ?? 'dueOn'} onSort={(sort) => setFilters({ sort: sort.replace('-', '') })}
        empty={activeCount > 0
          ? <EmptyState title="No task here" action={<Button variant="default" onClick={clear}>Show all that wait</Button>} />
          : <EmptyState title="Nothing to do">Steps of the policy put calls and other work into queues; they wait here until someone claims them.</EmptyState>}
      />
      {named && linked.isError && <ErrorState error={linked.error} />}
      {shown && <TaskModal task={shown} onClose={close} />}
      {making && <NewTaskModal onClose={() => setMaking(false)} />}
    </Page>
  );
}
