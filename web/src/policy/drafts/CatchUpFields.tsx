import { NativeSelect, NumberInput } from '@mantine/core';

interface Props {
  value: unknown;
  /** What holds where nothing is said. */
  otherwise: string;
  onChange: (value: unknown) => void;
}

/** What becomes of a step that could not run on its day. */
export function CatchUpFields({ value, otherwise, onChange }: Props) {
  const limit = typeof value === 'object' && value !== null && 'sendLate' in value ? (value.sendLate as { limitDays?: unknown } | null)?.limitDays : undefined;
  const kind = limit !== undefined ? 'sendLate' : value === 'collapse' || value === 'skip' ? value : '';
  const late = (limitDays: number) => ({ sendLate: { limitDays } });
  return (
    <>
      <NativeSelect
        label="When its day was missed" value={kind}
        data={[{ value: '', label: otherwise }, { value: 'collapse', label: 'only the latest step' }, { value: 'sendLate', label: 'run late' }, { value: 'skip', label: 'leave it out' }]}
        onChange={({ currentTarget: { value: chosen } }) => onChange(chosen === '' ? undefined : chosen === 'sendLate' ? late(5) : chosen)}
      />
      {kind === 'sendLate' && <NumberInput label="Days late at most" min={1} max={90} value={typeof limit === 'number' ? limit : ''} onChange={(days) => onChange(late(Number(days) || 1))} />}
    </>
  );
}
