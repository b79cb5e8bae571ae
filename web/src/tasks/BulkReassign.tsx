import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { notifyDone, notifyFailed } from '../feedback/notify';
import { plural } from '../format/money';
import { peopleQuery, taskQueuesQuery, useReassignTasks } from './queries';

/** What a manager does with the tasks that are ticked. */
export function BulkReassign({ ids, onDone }: { ids: readonly number[]; onDone: () => void }) {
  const { data: people } = useQuery(peopleQuery);
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
        <Text size="sm" className="tabular">{plural(ids.length, 'task')} ticked</Text>
        <NativeSelect
          aria-label="Give them to" value={to} onChange={(event) => setTo(event.currentTarget.value)}
          data={[{ value: '', label: 'Give them to …' }, { group: 'People', items: (people?.items ?? []).map(({ id, name }) => ({ value: `u:${id}`, label: name })) }, { group: 'Queues', items: (queues?.items ?? []).map(({ queue }) => ({ value: `q:${queue}`, label: queue })) }]}
        />
        <Button type="submit" disabled={to === ''} loading={reassign.pending}>Reassign</Button>
        <Button variant="subtle" onClick={onDone}>Untick</Button>
      </Group>
    </form>
  );
}
