import { MultiSelect } from '@mantine/core';
import type { Schema } from '../http/client';

type Role = Schema<'ContactRole'>;

const roles: readonly { value: Role; label: string }[] = [{ value: 'billing', label: 'Billing' }, { value: 'escalation', label: 'Escalation' }, { value: 'leadership', label: 'Leadership' }];

interface Props {
  w?: number;
  value: readonly string[] | undefined;
  /** undefined: as the document says when it says nothing, billing. */
  onChange: (to: Role[] | undefined) => void;
}

/** To which contacts of the customer an email goes: one role or several. */
export function RecipientsInput({ w, value, onChange }: Props) {
  return <MultiSelect label="To" w={w} data={[...roles]} value={[...(value ?? ['billing'])]} onChange={(to) => onChange(to.length > 0 ? to as Role[] : undefined)} />;
}
