import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { formatDate } from '../format/dates';
import { useSetRate, type RatePreset } from './queries';

export function AddRateModal({ preset, halfYear: suggested, onClose }: { preset: RatePreset; halfYear: string; onClose: () => void }) {
  const set = useSetRate();
  const [halfYear, setHalfYear] = useState(suggested);
  const [percent, setPercent] = useState('');
  const [source, setSource] = useState('');
  const right = /^-?\d{1,2}(\.\d{1,4})?$/.test(percent.trim());
  const confirm = () => set.run({ preset: preset.preset, halfYear, percent: percent.trim(), source: source.trim() }, () => {
    notifyDone(`The rate from ${formatDate(halfYear)} is ${percent.trim()} %.`);
    onClose();
  });
  return (
    <ConfirmModal opened title={`A reference rate: ${preset.title}`} confirmLabel="Add" pending={set.pending} error={set.error} disabled={!right || source.trim() === ''} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">It goes before one that the product knows. What has been charged already stays as it was.</Text>
      <NativeSelect label="From" value={halfYear} data={halfYears(suggested).map((value) => ({ value, label: formatDate(value) }))} onChange={(event) => setHalfYear(event.currentTarget.value)} />
      <TextInput label="Reference rate, in percent" required data-autofocus inputMode="decimal" placeholder="2.15" value={percent} error={percent !== '' && !right ? 'A percentage with a point, such as 2.15' : null} onChange={(event) => setPercent(event.currentTarget.value)} />
      <TextInput label="Where it was published" required value={source} onChange={(event) => setSource(event.currentTarget.value)} />
    </ConfirmModal>
  );
}

/** Six half-years before the suggested one to two after it. */
function halfYears(around: string): string[] {
  const halves = Number(around.slice(0, 4)) * 2 + (around.slice(5, 7) === '07' ? 1 : 0);
  return Array.from({ length: 9 }, (_, index) => halves + 2 - index).map((half) => `${Math.floor(half / 2)}-${half % 2 === 0 ? '01' : '07'}-01`);
}
