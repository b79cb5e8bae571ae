import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { taskQueuesQuery } from './queries';

type Props = Pick<AutocompleteProps, 'label' | 'w' | 'required' | 'placeholder'> & { value: string; onChange: (name: string) => void };

const roles = ['credit-manager', 'collector', 'sales', 'admin'];

/** A queue of tasks: those that there are, or a new one by its name. */
export function QueueInput(props: Props) {
  return <Autocomplete {...props} data={useQueueNames()} />;
}

/** Whom a notice is for: a role or a queue. */
export function AudienceInput(props: Props) {
  const queues = useQueueNames();
  return <Autocomplete {...props} data={[...roles, ...queues.filter((name) => !roles.includes(name))]} />;
}

function useQueueNames(): string[] {
  const { data } = useQuery(taskQueuesQuery);
  return [...new Set((data?.items ?? []).map(({ queue }) => queue))];
}
