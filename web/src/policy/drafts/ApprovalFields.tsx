import { NativeSelect, NumberInput } from '@mantine/core';
import { nameOf, numberOf } from './document';

interface Approval {
  by?: unknown;
  timeoutDays?: unknown;
  onTimeout?: unknown;
}

/** Who has to agree before an action is done, and what becomes of it when nobody answers. */
export function ApprovalFields({ value, onChange }: { value: unknown; onChange: (value: object | undefined) => void }) {
  const approval = typeof value === 'object' && value !== null ? (value as Approval) : null;
  const put = (change: Approval) => onChange({ ...approval, ...change });
  return (
    <>
      <NativeSelect
        label="Who has to agree first" value={approval ? nameOf(approval.by) || 'credit-manager' : ''}
        data={[{ value: '', label: 'Nobody' }, { value: 'credit-manager', label: 'A credit manager' }, { value: 'admin', label: 'An administrator' }]}
        onChange={(event) => (event.currentTarget.value === '' ? onChange(undefined) : put({ by: event.currentTarget.value }))}
      />
      {approval && <NumberInput label="Days to answer in" min={1} max={90} placeholder="5" value={numberOf(approval.timeoutDays)} onChange={(days) => put({ timeoutDays: days === '' ? undefined : Number(days) })} />}
      {approval && <NativeSelect
        label="Without an answer" value={nameOf(approval.onTimeout) || 'skip'}
        data={[{ value: 'skip', label: 'it is left out' }, { value: 'proceed', label: 'it is done' }, { value: 'escalate', label: 'an administrator is asked' }]}
        onChange={(event) => put({ onTimeout: event.currentTarget.value })}
      />}
    </>
  );
}
