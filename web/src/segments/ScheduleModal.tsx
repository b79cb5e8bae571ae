import { Checkbox, Group, NativeSelect, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConditionBuilder } from '../conditions/ConditionBuilder';
import type { ConditionDocument } from '../conditions/document';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { useSetSchedule, type SegmentRun, type SegmentSchedule } from './queries';
import { firstAction } from './runActions';
import { RunActionsEditor } from './RunActionsEditor';

type Rhythm = SegmentRun['rhythm'];
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const rhythms: readonly { value: Rhythm['every']; label: string }[] = [
  { value: 'week', label: 'On a day of the week' }, { value: 'month', label: 'On a day of the month' }, { value: 'month-business-day', label: 'On a business day of the month' },
];
const zones = Intl.supportedValuesOf('timeZone');

function beginning(): SegmentRun {
  return {
    rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, atMinute: 540, holidays: null, when: null,
    invoices: { which: 'overdue', where: null }, actions: [firstAction.email], minimumDaysBetween: 3,
  };
}

export function ScheduleModal({ segmentId, schedule, onClose }: { segmentId: number; schedule: SegmentSchedule; onClose: () => void }) {
  const [run, setRun] = useState<SegmentRun>(() => schedule.run ?? beginning());
  const [consolidated, setConsolidated] = useState(schedule.consolidated);
  const set = useSetSchedule(segmentId);
  const change = (changes: Partial<SegmentRun>) => setRun({ ...run, ...changes });
  const save = () => set.run({ run, consolidated }, () => {
    notifyDone('Saved.');
    onClose();
  });
  return (
    <ConfirmModal opened size="min(960px, 94vw)" title="Schedule" confirmLabel="Save" pending={set.pending} error={set.error} disabled={run.actions.length === 0} onConfirm={save} onClose={onClose}>
      <CadenceFields run={run} onChange={change} />
      <Text size="sm" fw={500}>What it does for each customer</Text>
      <RunActionsEditor actions={run.actions} onChange={(actions) => change({ actions })} />
      {run.actions.some(({ kind }) => kind === 'statement') && <Text size="sm" c="dimmed">A statement tells of the whole account, whatever is chosen below of invoices and days between contacts.</Text>}
      <Group gap="sm" align="end">
        <NativeSelect
          label="Which invoices" data={[{ value: 'overdue', label: 'Overdue' }, { value: 'open', label: 'All that are open' }]} value={run.invoices.which}
          onChange={(event) => change({ invoices: { ...run.invoices, which: event.currentTarget.value as 'overdue' } })}
        />
        <NumberInput label="Days between contacts" w={180} min={0} max={60} allowDecimal={false} value={run.minimumDaysBetween ?? 3} onChange={(days) => change({ minimumDaysBetween: Number(days) || 0 })} />
        <Checkbox pb={8} label="No email about single invoices to its customers" checked={consolidated} onChange={(event) => setConsolidated(event.currentTarget.checked)} />
      </Group>
      <Stack gap={4}>
        <Text size="sm" fw={500}>Only customers of whom this holds at the run</Text>
        <ConditionBuilder subject="customer" value={run.when as ConditionDocument | null} onChange={(when) => change({ when: when as Record<string, unknown> | null })} label="Condition at the run" />
      </Stack>
      <Stack gap={4}>
        <Text size="sm" fw={500}>Only invoices of which this holds</Text>
        <ConditionBuilder subject="invoice" value={run.invoices.where as ConditionDocument | null} onChange={(where) => change({ invoices: { ...run.invoices, where: where as Record<string, unknown> | null } })} label="Condition on invoices" />
      </Stack>
    </ConfirmModal>
  );
}

interface FieldsProps {
  run: SegmentRun;
  onChange: (changes: Partial<SegmentRun>) => void;
}

function CadenceFields({ run, onChange }: FieldsProps) {
  const { rhythm } = run;
  return (
    <Group gap="sm" align="end">
      <NativeSelect data-autofocus label="It runs" data={[...rhythms]} value={rhythm.every} onChange={(event) => onChange({ rhythm: firstRhythm(event.currentTarget.value as Rhythm['every']) })} />
      {rhythm.every === 'week' && <>
        <NativeSelect label="Day" data={weekdays.map((label, index) => ({ value: String(index + 1), label }))} value={String(rhythm.weekday)} onChange={(event) => onChange({ rhythm: { ...rhythm, weekday: Number(event.currentTarget.value) } })} />
        <NumberInput label="Every so many weeks" w={170} min={1} max={52} allowDecimal={false} value={rhythm.interval} onChange={(interval) => onChange({ rhythm: { ...rhythm, interval: Number(interval) || 1 } })} />
        <TextInput label="From the week of" type="date" w={150} value={rhythm.from ?? ''} onChange={(event) => onChange({ rhythm: { ...rhythm, from: event.currentTarget.value || undefined } })} />
      </>}
      {rhythm.every === 'month' && <NumberInput label="Day of the month" w={150} min={1} max={31} allowDecimal={false} value={rhythm.day} onChange={(day) => onChange({ rhythm: { ...rhythm, day: Number(day) || 1 } })} />}
      {rhythm.every === 'month-business-day' && <>
        <NumberInput label="Which business day" w={160} min={1} max={20} allowDecimal={false} value={rhythm.nth} onChange={(nth) => onChange({ rhythm: { ...rhythm, nth: Number(nth) || 1 } })} />
        <TextInput
          label="Holidays of country" description="Two letters; empty: none" w={170} maxLength={2} value={run.holidays?.country ?? ''}
          onChange={(event) => onChange({ holidays: event.currentTarget.value ? { country: event.currentTarget.value.toUpperCase(), region: run.holidays?.region ?? null } : null })}
        />
      </>}
      <TextInput label="At" type="time" w={120} required value={timeOf(run.atMinute)} onChange={(event) => event.currentTarget.value && onChange({ atMinute: minutesOf(event.currentTarget.value) })} />
      <Select label="Time zone" searchable allowDeselect={false} w={220} data={zones.includes(run.timeZone) ? zones : [run.timeZone, ...zones]} value={run.timeZone} onChange={(timeZone) => timeZone && onChange({ timeZone })} />
    </Group>
  );
}

function firstRhythm(every: Rhythm['every']): Rhythm {
  switch (every) {
    case 'week': return { every, weekday: 2, interval: 1 };
    case 'month': return { every, day: 1 };
    case 'month-business-day': return { every, nth: 1 };
  }
}

function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
