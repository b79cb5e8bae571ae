import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { notifyDone, notifyFailed } from '../feedback/notify';
import { useMay } from '../session/useMay';
import { peopleQuery } from '../tasks/queries';
import { useSetOwner, type Customer } from './queries';

/** Whose account it is: queues that assign by owner give its tasks to this person. */
export function OwnerSelect({ customer }: { customer: Customer }) {
  const mayWrite = useMay()('write-ledger');
  const { data: people } = useQuery(peopleQuery);
  const setOwner = useSetOwner(customer.id, notifyFailed);
  if (!mayWrite) return customer.owner?.name ?? 'Nobody';
  // Somebody who has left is still shown, so that it is seen.
  const offered = [...(people?.items ?? []), ...(customer.owner && !people?.items.some(({ id }) => id === customer.owner?.id) ? [customer.owner] : [])];
  return (
    <NativeSelect
      size="xs" aria-label="Owner of the account" value={customer.owner ? String(customer.owner.id) : ''} disabled={setOwner.pending}
      data={[{ value: '', label: 'Nobody' }, ...offered.map(({ id, name }) => ({ value: String(id), label: name }))]}
      onChange={(event) => setOwner.run(event.currentTarget.value ? Number(event.currentTarget.value) : null, () => notifyDone('Owner saved.'))}
    />
  );
}
