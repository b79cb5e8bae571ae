import { Button, Text, TextInput } from '@mantine/core';
import { IconCalendarCheck, IconClipboardPlus, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { CustomerPromiseModal } from '../claims/CustomerPromiseModal';
import { useToday } from '../clock/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { addDays } from '../format/dates';
import { startOfDayIn } from '../format/zones';
import { useMay } from '../session/useMay';
import { NewTaskModal } from '../tasks/NewTaskModal';
import { usePauseCustomer, useResumeCustomer, type Customer } from './queries';

export function CustomerActions({ customer }: { customer: Customer }) {
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const [promising, setPromising] = useState(false);
  const [giving, setGiving] = useState(false);
  const Modal = customer.paused ? ResumeModal : PauseModal;
  const task = may('work-tasks') && <Button variant="default" leftSection={<IconClipboardPlus size={14} aria-hidden />} onClick={() => setGiving(true)}>Task</Button>;
  const form = giving && <NewTaskModal about={{ customerId: customer.id, name: customer.name }} onClose={() => setGiving(false)} />;
  if (!may('control-collection')) return <>{task}{form}</>;
  return (
    <>
      {task}
      {form}
      <Button variant="default" leftSection={<IconCalendarCheck size={14} aria-hidden />} onClick={() => setPromising(true)}>Promise</Button>
      {customer.paused
        ? <Button variant="default" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => setAsking(true)}>Resume collection</Button>
        : <Button variant="default" leftSection={<IconPlayerPause size={14} aria-hidden />} onClick={() => setAsking(true)}>Pause collection</Button>}
      {promising && <CustomerPromiseModal customer={customer} onClose={() => setPromising(false)} />}
      {asking && <Modal customer={customer} onClose={() => setAsking(false)} />}
    </>
  );
}

function PauseModal({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const pause = usePauseCustomer(customer.id);
  const tomorrow = addDays(useToday(), 1);
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const confirm = () => pause.run({ until: until ? startOfDayIn(until, customer.timeZone) : null, reason: reason.trim() || undefined }, () => {
    notifyDone('Collection is paused for this customer.');
    onClose();
  });
  return (
    <ConfirmModal opened title={`Pause ${customer.name}`} confirmLabel="Pause" pending={pause.pending} error={pause.error} disabled={until !== '' && until < tomorrow} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">No step runs for any invoice of this customer while it is paused.</Text>
      <TextInput type="date" label="Until" description="Left empty: until someone resumes it" min={tomorrow} value={until} onChange={(event) => setUntil(event.currentTarget.value)} data-autofocus />
      <TextInput label="Reason" description="Optional; kept in the timeline" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}

function ResumeModal({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const resume = useResumeCustomer(customer.id);
  const [reason, setReason] = useState('');
  const confirm = () => resume.run({ reason: reason.trim() || undefined }, () => {
    notifyDone('Collection goes on for this customer.');
    onClose();
  });
  return (
    <ConfirmModal opened title={`Resume ${customer.name}`} confirmLabel="Resume" pending={resume.pending} error={resume.error} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">Collection goes on now, where the ledger and the policy say it should be.</Text>
      <TextInput label="Reason" description="Optional; kept in the timeline" value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </ConfirmModal>
  );
}
