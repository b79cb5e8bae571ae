import { Button, Menu, Text, TextInput } from '@mantine/core';
import { IconCalendarCheck, IconChevronDown, IconClipboardPlus, IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { CustomerPromiseModal } from '../claims/CustomerPromiseModal';
import { useToday } from '../clock/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { addDays } from '../format/dates';
import { startOfDayIn } from '../format/zones';
import { useMay } from '../session/useMay';
import { NewTaskModal } from '../tasks/NewTaskModal';
import { usePauseCustomer, useResumeCustomer, useStopCustomer, type Customer } from './queries';
import { StepsModal } from './StepsModal';

type Asked = 'task' | 'promise' | 'pause' | 'resume' | 'stop' | 'steps';

/** What this person may do about all that a customer owes. */
export function CustomerActions({ customer }: { customer: Customer }) {
  const may = useMay();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const task = may('work-tasks') && <Button variant="default" leftSection={<IconClipboardPlus size={14} aria-hidden />} onClick={() => setAsked('task')}>Task</Button>;
  const form = asked === 'task' && <NewTaskModal about={{ customerId: customer.id, name: customer.name }} onClose={close} />;
  if (!may('control-collection')) return <>{task}{form}</>;
  const isHeld = customer.paused || customer.stopped;
  return (
    <>
      {task}
      {form}
      <Button variant="default" leftSection={<IconCalendarCheck size={14} aria-hidden />} onClick={() => setAsked('promise')}>Promise</Button>
      <Button.Group>
        {isHeld
          ? <Button variant="default" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => setAsked('resume')}>Resume collection</Button>
          : <Button variant="default" leftSection={<IconPlayerPause size={14} aria-hidden />} onClick={() => setAsked('pause')}>Pause collection</Button>}
        {!customer.stopped && (
          <Menu position="bottom-end">
            <Menu.Target><Button variant="default" px={6} aria-label="More about collection"><IconChevronDown size={14} aria-hidden /></Button></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPlayerSkipForward size={14} aria-hidden />} onClick={() => setAsked('steps')}>Skip or run next steps</Menu.Item>
              <Menu.Item leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={() => setAsked('stop')}>Stop collection</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Button.Group>
      {asked === 'promise' && <CustomerPromiseModal customer={customer} onClose={close} />}
      {asked === 'pause' && <PauseModal customer={customer} onClose={close} />}
      {asked === 'resume' && <ResumeModal customer={customer} onClose={close} />}
      {asked === 'stop' && <StopModal customer={customer} onClose={close} />}
      {asked === 'steps' && <StepsModal customer={customer} onClose={close} />}
    </>
  );
}

function StopModal({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const stop = useStopCustomer(customer.id);
  const [reason, setReason] = useState('');
  const confirm = () => stop.run({ reason: reason.trim() }, () => {
    notifyDone('Collection is stopped for this customer.');
    onClose();
  });
  return (
    <ConfirmModal opened danger title={`Stop collecting from ${customer.name}`} confirmLabel="Stop" pending={stop.pending} error={stop.error} disabled={reason.trim() === ''} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">What was still to come ends for all invoices of this customer, and nothing begins for new ones, until someone resumes it. Invoices stay open in the ledger, and holds stay in force.</Text>
      <TextInput label="Reason" description="Kept in the audit trail" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </ConfirmModal>
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
