import { NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import classes from './DraftPage.module.css';
import type { UnderWay } from './queries';

export interface UnderWayForm {
  choice: UnderWay['choice'];
  mapping: Readonly<Record<string, string | null>>;
  missed: 'pass' | 'run';
  reason: string;
}

export const staysForm: UnderWayForm = { choice: 'stay', mapping: {}, missed: 'pass', reason: '' };

/** As the API takes it. */
export function underWayOf({ choice, mapping, missed, reason }: UnderWayForm): UnderWay {
  switch (choice) {
    case 'stay': return { choice };
    case 'move': return { choice, mapping: { ...mapping }, missed, reason: reason.trim() };
    case 'restart': return { choice, missed, reason: reason.trim() };
  }
}

export function isComplete({ choice, reason }: UnderWayForm): boolean {
  return choice === 'stay' || reason.trim() !== '';
}

interface Named {
  id: string;
  title: string;
}

interface Props {
  form: UnderWayForm;
  onChange: (form: UnderWayForm) => void;
  /** The steps that invoices are on, and those to which they may go; left out where every step keeps its id. */
  from?: readonly Named[];
  to?: readonly Named[];
}

/** What happens to invoices that are under collection already. */
export function UnderWayFields({ form, onChange, from = [], to = [] }: Props) {
  const set = (patch: Partial<UnderWayForm>) => onChange({ ...form, ...patch });
  const targetOf = (id: string): string => (id in form.mapping ? form.mapping[id] ?? '' : to.some((step) => step.id === id) ? id : '');
  return (
    <Stack gap="xs">
      <Radio.Group label="Invoices under way" value={form.choice} onChange={(choice) => set({ choice: choice as UnderWay['choice'], missed: choice === 'restart' ? 'run' : 'pass' })}>
        <Stack gap={6} mt={4}>
          <Radio value="stay" label="Stay on the version that they are on" />
          <Radio value="move" label="Move, and what was done counts" />
          <Radio value="restart" label="Restart the ladder; what was sent within the spacing is not sent again" />
        </Stack>
      </Radio.Group>
      {form.choice === 'move' && from.length > 0 && (
        <div>
          <Text size="xs" fw={500}>Each step counts for</Text>
          <div className={classes.mapping}>
            {from.map((step) => (
              <NativeSelect
                key={step.id} label={step.title} value={targetOf(step.id)} data={[{ value: '', label: 'no step' }, ...to.map(({ id, title }) => ({ value: id, label: title }))]}
                onChange={(event) => set({ mapping: { ...form.mapping, [step.id]: event.currentTarget.value || null } })}
              />
            ))}
          </div>
        </div>
      )}
      {form.choice !== 'stay' && <>
        <NativeSelect
          label="New steps whose day is over" value={form.missed} data={[{ value: 'pass', label: 'are passed over' }, { value: 'run', label: 'run late, by their own rule' }]}
          onChange={(event) => set({ missed: event.currentTarget.value as UnderWayForm['missed'] })}
        />
        <TextInput label="Reason for the move" required value={form.reason} onChange={(event) => set({ reason: event.currentTarget.value })} />
      </>}
    </Stack>
  );
}
