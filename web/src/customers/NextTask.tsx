import { Anchor, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { formatDayAndMonth } from '../format/dates';
import { useMay } from '../session/useMay';
import { TaskModal } from '../tasks/TaskModal';
import { useTasks } from '../tasks/queries';
import { priorities } from '../tasks/states';
import type { Customer } from './queries';

/** What is best done next for this customer: the most urgent task, of equals the earliest due. */
export function NextTask({ customer }: { customer: Customer }) {
  const list = useTasks({ customerId: customer.id, sort: 'priority' });
  const may = useMay();
  const [opened, setOpened] = useState(false);
  const task = list.rows?.[0];
  if (!task) return null;
  const others = (list.rows?.length ?? 1) - 1;
  return (
    <Section title="Next task" actions={others > 0 && <Anchor component={Link} size="sm" to={`/tasks?customerId=${customer.id}`}>{others} more{list.hasMore ? ' and others' : ''}</Anchor>}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Group gap={8}>
          <Text size="sm" fw={500}>{task.title}</Text>
          {task.dueOn && <Text size="sm" c="dimmed" className="tabular">due {formatDayAndMonth(task.dueOn)}</Text>}
          {task.overdue && <StateBadge state="overdue" tone="bad" />}
          {task.priority === 1 && <StateBadge state={priorities[1].toLowerCase()} tone="warn" />}
          <Text size="sm" c="dimmed">{task.queue}{task.assignee ? `, ${task.assignee.name}` : ''}</Text>
        </Group>
        <Button size="compact-sm" variant="light" onClick={() => setOpened(true)}>{may('work-tasks') ? 'Do it' : 'Open'}</Button>
      </Group>
      {opened && <TaskModal task={task} onClose={() => setOpened(false)} />}
    </Section>
  );
}
