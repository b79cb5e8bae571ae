import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { notifyDone, notifyFailed } from '../feedback/notify';
import { plural } from '../format/money';
import { taskQueuesQuery, useReassignTasks, workersQuery } from './queries';

/** What a manager does with the tasks that are ticked; `hidden` so many of them stand in no row of the list as it is filtered. */
export function BulkReassign({ ids, hidden, onDone }: { ids: readonly number[]; hidden: number; onDone: () => void }) {
  const { data: people = [] } = useQuery(workersQuery);
  const { data: queues } = useQuery(taskQueuesQuery);
  const reassign = useReassignTasks(notifyFailed);
  const [to, setTo] = useState('');
  const [kind, value] = [to.slice(0, 1), to.slice(2)];
  const submit = () => reassign.run({ ids: [...ids], ...(kind === 'u' ? { assigneeId: Number(value) } : { queue: value }) }, ({ reassigned, closed }) => {
    notifyDone(`${plural(reassigned, 'task')} reassigned.${closed > 0 ? ` ${plural(closed, 'was', 'were')} closed meanwhile.` : ''}`);
    onDone();
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Group gap="xs" role="group" aria-label="Tasks that are ticked">
        <Text size="sm" className="tabular">{plural(ids.length, 'task')} ticked{hidden > 0 && `, ${hidden} of them not in this list`}</Text>
        <NativeSelect
          aria-label="Give them to" value={to} onChange={(event) => setTo(event.currentTarget.value)}
          data={[{ value: '', label: 'Give them to …' }, { group: 'People', items: people.map(({ id, name }) => ({ value: `u:${id}`, label: name })) }, { group: 'Queues', items: (queues?.items ?? []).map(({ queue }) => ({ value: `q:${queue}`, label: queue })) }]}
        />
        <Button type="submit" disabled={to === ''} loading={reassign.pending}>Reassign</Button>
        <Button variant="subtle" onClick={onDone}>Untick</Button>
      </Group>
    </form>
  );
}
