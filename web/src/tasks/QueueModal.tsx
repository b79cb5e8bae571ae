import { MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { usePutQueue, workersQuery, type TaskQueue } from './queries';
import { assignmentRules } from './states';

export function QueueModal({ queue, queues, onClose }: { queue: TaskQueue | null; queues: readonly TaskQueue[]; onClose: () => void }) {
  const { data: people = [] } = useQuery(workersQuery);
  const put = usePutQueue();
  const [name, setName] = useState(queue?.name ?? '');
  const [assignment, setAssignment] = useState<TaskQueue['assignment']>(queue?.assignment ?? 'none');
  const [members, setMembers] = useState((queue?.members ?? []).map(({ id }) => String(id)));
  const [escalation, setEscalation] = useState<TaskQueue['escalation']>(queue?.escalation ?? 'none');
  const [lead, setLead] = useState(queue?.lead ? String(queue.lead.id) : '');
  const [escalateTo, setEscalateTo] = useState(queue?.escalateTo ?? '');
  const others = queues.filter((each) => each.name !== name).map((each) => each.name);
  // Who is in it and may take no tasks any more is named, to be taken out.
  const here = [...(queue?.members ?? []), ...(queue?.lead ? [queue.lead] : [])].filter(({ id }, index, all) => !people.some((each) => each.id === id) && all.findIndex((each) => each.id === id) === index);
  const everybody = [...people, ...here].map((each) => ({ value: String(each.id), label: each.name }));
  const whole = name.trim() !== '' && (escalation !== 'lead' || lead !== '') && (escalation !== 'queue' || escalateTo !== '');
  const confirm = () => put.run({ name: name.trim(), assignment, escalation, escalateTo: escalation === 'queue' ? escalateTo : null, leadId: lead ? Number(lead) : null, memberIds: members.map(Number) }, () => {
    notifyDone('Queue saved.');
    onClose();
  });
  return (
    <ConfirmModal opened title={queue ? `Queue ${queue.name}` : 'Add a queue'} confirmLabel="Save" disabled={!whole} pending={put.pending} error={put.error} onConfirm={confirm} onClose={onClose}>
      {!queue && <TextInput label="Name" description="As policies call it" required data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />}
      <NativeSelect label="New tasks go" value={assignment} data={Object.entries(assignmentRules).map(([value, label]) => ({ value, label }))} onChange={(event) => setAssignment(event.currentTarget.value as TaskQueue['assignment'])} />
      <MultiSelect label="People" data={everybody} value={members} onChange={setMembers} searchable hidePickedOptions />
      <NativeSelect label="Lead" value={lead} data={[{ value: '', label: 'Nobody' }, ...everybody]} onChange={(event) => setLead(event.currentTarget.value)} />
      <NativeSelect label="Overdue tasks go" value={escalation} data={[{ value: 'none', label: 'nowhere: they stay' }, { value: 'lead', label: 'to the lead' }, { value: 'queue', label: 'into another queue' }]} onChange={(event) => setEscalation(event.currentTarget.value as TaskQueue['escalation'])} />
      {escalation === 'queue' && <NativeSelect label="Which queue" value={escalateTo} data={['', ...others]} onChange={(event) => setEscalateTo(event.currentTarget.value)} />}
    </ConfirmModal>
  );
}
