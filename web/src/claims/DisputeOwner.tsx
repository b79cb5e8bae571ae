import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { notifyDone, notifyFailed } from '../feedback/notify';
import { useMay } from '../session/useMay';
import { peopleQuery } from '../tasks/queries';
import { useAssignDispute, type Dispute } from './queries';

/** Who sees to it that the dispute is resolved; the task that its deadline raises goes to this person. */
export function DisputeOwner({ dispute }: { dispute: Dispute }) {
  const mayAssign = useMay()('control-collection') && dispute.state === 'open';
  const { data: people } = useQuery(peopleQuery);
  const assign = useAssignDispute(dispute.id, notifyFailed);
  if (!mayAssign) return dispute.owner?.name ?? 'Nobody';
  const { owner } = dispute;
  // Somebody who has left is still shown, so that it is seen.
  const offered = [...(people?.items ?? []), ...(owner && !people?.items.some(({ id }) => id === owner.id) ? [owner] : [])];
  return (
    <NativeSelect
      size="xs" maw={260} aria-label="Owner of the dispute" value={owner ? String(owner.id) : ''} disabled={assign.pending}
      data={[{ value: '', label: 'Nobody' }, ...offered.map(({ id, name }) => ({ value: String(id), label: name }))]}
      onChange={(event) => assign.run(event.currentTarget.value ? Number(event.currentTarget.value) : null, () => notifyDone('Owner saved.'))}
    />
  );
}
