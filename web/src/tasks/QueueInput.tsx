import { Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queueChoicesQuery } from './queries';

type Props = Pick<SelectProps, 'label' | 'w' | 'style' | 'required' | 'placeholder' | 'description'>;
type Named = Props & { value: string; onChange: (name: string) => void };
type NamedOrNone = Props & { value: string | null; onChange: (name: string | null) => void };

/** Roles, and whose account the customer is. */
const groups = ['credit-manager', 'collector', 'sales', 'admin', 'viewer', 'owner'];
const addressPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const noQueue = 'There is no such queue';
const noAudience = 'There is no such role or queue';

/** One of the queues that are set up. */
export function QueueInput({ onChange, ...props }: Named) {
  return <NameSelect {...props} names={useQueueNames()} problem={noQueue} onChange={(queue) => queue !== null && onChange(queue)} />;
}

/** The same, or none. */
export function QueueOrNoneInput(props: NamedOrNone) {
  return <NameSelect {...props} clearable names={useQueueNames()} problem={noQueue} />;
}

/** Whom a notice is for: a role, a queue, whose account the customer is, or a colleague by their address, which is typed. */
export function AudienceInput({ onChange, ...props }: Named) {
  return <NameSelect {...props} addresses names={useAudiences()} problem={noAudience} onChange={(audience) => audience !== null && onChange(audience)} />;
}

/** The same, or nobody. */
export function AudienceOrNobodyInput(props: NamedOrNone) {
  return <NameSelect {...props} clearable addresses placeholder="nobody" names={useAudiences()} problem={noAudience} />;
}

function useQueueNames(): string[] | undefined {
  return useQuery(queueChoicesQuery).data?.items.map(({ name }) => name);
}

/** Of a role and a queue whose names differ in case only the role is offered. */
function useAudiences(): string[] | undefined {
  const queues = useQueueNames();
  return queues && [...groups, ...queues.filter((name) => !isAmong(name, groups))];
}

/** A name that an older document says and that is none stays to be seen, and is said to be none. */
function NameSelect({ names, problem, value, clearable = false, addresses = false, ...props }: NamedOrNone & { names: readonly string[] | undefined; problem: string; clearable?: boolean; addresses?: boolean }) {
  const [typed, setTyped] = useState('');
  const chosen = value || null;
  const others = [chosen, addresses && addressPattern.test(typed) ? typed : null].filter((name) => name !== null && !names?.includes(name)) as string[];
  const isKnown = chosen === null || names === undefined || isAmong(chosen, names) || (addresses && addressPattern.test(chosen));
  return (
    <Select
      {...props} searchable clearable={clearable} allowDeselect={clearable} clearButtonProps={{ 'aria-label': 'None' }} nothingFoundMessage={problem} comboboxProps={{ width: 240, position: 'bottom-start', shadow: 'md' }}
      data={[...new Set([...others, ...names ?? []])]} value={chosen} error={!isKnown && problem} onSearchChange={setTyped}
    />
  );
}

function isAmong(name: string, names: readonly string[]): boolean {
  return names.some((each) => each.toLowerCase() === name.toLowerCase());
}
