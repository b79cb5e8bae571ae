import { Group, NativeSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { eventOptions, type EventKind } from '../automations/queries';
import type { CampaignDocument } from './queries';

type Schedule = CampaignDocument['schedule'];

const kinds: readonly { value: Schedule['kind']; label: string }[] = [
  { value: 'now', label: 'When it is launched' }, { value: 'at', label: 'At a time' }, { value: 'yearly', label: 'Every year on a day' }, { value: 'event', label: 'For each customer to whom something happens' },
];

export function ScheduleEditor({ schedule, onChange }: { schedule: Schedule; onChange: (schedule: Schedule) => void }) {
  return (
    <Group gap="sm" align="end">
      <NativeSelect label="It begins" data={[...kinds]} value={schedule.kind} onChange={(event) => onChange(beginning(event.currentTarget.value as Schedule['kind']))} />
      {schedule.kind === 'at' && <TextInput label="Time, where you are" type="datetime-local" value={localOf(schedule.at)} onChange={(event) => event.currentTarget.value && onChange({ kind: 'at', at: new Date(event.currentTarget.value).toISOString() })} />}
      {schedule.kind === 'yearly' && <>
        <NumberInput label="Month" w={100} min={1} max={12} allowDecimal={false} value={schedule.month} onChange={(month) => onChange({ ...schedule, month: Number(month) || 1 })} />
        <NumberInput label="Day" w={100} min={1} max={28} allowDecimal={false} value={schedule.day} onChange={(day) => onChange({ ...schedule, day: Number(day) || 1 })} />
      </>}
      {schedule.kind === 'event' && <Select label="What happens" searchable allowDeselect={false} w={360} data={eventOptions} value={schedule.event} onChange={(event) => event && onChange({ kind: 'event', event: event as EventKind })} />}
    </Group>
  );
}

function beginning(kind: Schedule['kind']): Schedule {
  switch (kind) {
    case 'now': return { kind };
    case 'at': return { kind, at: new Date(Date.now() + 86_400_000).toISOString() };
    case 'yearly': return { kind, month: 12, day: 1 };
    case 'event': return { kind, event: 'payment.partial' };
  }
}

/** As the browser's field wants it: local time without a zone. */
function localOf(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
