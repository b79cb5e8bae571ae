import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useToday } from '../clock/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { addDays } from '../format/dates';
import { startOfDayIn } from '../format/zones';
import { useControl, type Control, type Invoice } from './queries';

export type StepControlKind = 'skip-step' | 'send-now';
type Kind = 'pause' | 'resume' | 'stop' | StepControlKind;

interface Props {
  invoice: Invoice;
  kind: Kind;
  step?: { step: string; title: string };
  /** The customer's zone: dates begin there. */
  zone: string;
  onClose: () => void;
}

/** Asks for what a control needs, tells what will happen, and keeps the reason with it. */
export function ControlModal({ invoice, kind, step, zone, onClose }: Props) {
  const control = useControl(invoice.id);
  const tomorrow = addDays(useToday(), 1);
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const words = wording(kind, invoice.number, step?.title ?? '');
  const reasonNeeded = kind === 'stop';
  const confirm = () => control.run(asControl({ kind, step: step?.step ?? '', until: until ? startOfDayIn(until, zone) : null, reason: reason.trim() || undefined }), (result) => {
    notifyDone(result.message || words.done);
    onClose();
  });
  return (
    <ConfirmModal
      opened title={words.title} confirmLabel={words.confirm} danger={kind === 'stop'} pending={control.pending} error={control.error}
      disabled={(reasonNeeded && reason.trim() === '') || (until !== '' && until < tomorrow)} onConfirm={confirm} onClose={onClose}
    >
      <Text size="sm">{words.consequence}</Text>
      {kind === 'pause' && <TextInput type="date" label="Until" description="Left empty: until someone resumes it" min={tomorrow} value={until} onChange={(event) => setUntil(event.currentTarget.value)} data-autofocus />}
      <TextInput label="Reason" description={reasonNeeded ? undefined : 'Optional; kept in the history'} required={reasonNeeded} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus={kind === 'pause' ? undefined : true} />
    </ConfirmModal>
  );
}

function asControl({ kind, step, until, reason }: { kind: Kind; step: string; until: string | null; reason?: string }): Control {
  switch (kind) {
    case 'pause': return { kind, until, reason };
    case 'skip-step':
    case 'send-now': return { kind, step, reason };
    case 'resume':
    case 'stop': return { kind, reason };
  }
}

function wording(kind: Kind, number: string, step: string): { title: string; confirm: string; consequence: string; done: string } {
  switch (kind) {
    case 'pause': return { title: `Pause invoice ${number}`, confirm: 'Pause', consequence: 'No step runs while it is paused. What falls due meanwhile is caught up by the rule of its step.', done: 'Paused.' };
    case 'resume': return { title: `Resume invoice ${number}`, confirm: 'Resume', consequence: 'Collection goes on now, where the ledger and the policy say it should be.', done: 'Resumed.' };
    case 'stop': return { title: `Stop collecting invoice ${number}`, confirm: 'Stop for good', consequence: 'No further step will run for this invoice, and this cannot be taken back. The invoice stays open in the ledger.', done: 'Stopped.' };
    case 'skip-step': return { title: `Skip “${step}”`, confirm: 'Skip the step', consequence: 'The step will not run for this invoice. The steps after it stay as planned.', done: 'Skipped.' };
    case 'send-now': return { title: `Run “${step}” now`, confirm: 'Run it now', consequence: 'The step does not wait for its day: it runs as soon as the customer’s send window is open. The ledger is read again first: nothing is sent for an invoice that is paid.', done: 'It runs as soon as the send window is open.' };
  }
}
