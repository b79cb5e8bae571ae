import { Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { templateChoicesQuery, type TemplateKind } from './queries';

/** What automations may send: they write about an invoice. */
export const invoiceKinds: readonly TemplateKind[] = ['customer', 'invoice-delivery'];
export const campaignKinds: readonly TemplateKind[] = ['campaign', ...invoiceKinds];

interface Props extends Pick<SelectProps, 'label' | 'placeholder' | 'clearable' | 'w' | 'description'> {
  kinds: readonly TemplateKind[];
  value: string | null;
  onChange: (name: string | null) => void;
}

/** Chooses a published template of some kinds by its title or its name. One that is set and not among them stays to be seen: `overdue-7` is written with `overdue`. */
export function TemplateSelect({ kinds, value, onChange, clearable = false, placeholder = 'Choose a template', ...props }: Props) {
  const { data } = useQuery(templateChoicesQuery);
  const known = (data?.items ?? []).filter(({ kind, currentVersion }) => currentVersion !== null && kinds.includes(kind)).map(({ name, title }) => ({ value: name, label: `${title} (${name})` }));
  const options = value !== null && !known.some((each) => each.value === value) ? [{ value, label: value }, ...known] : known;
  return (
    <Select
      {...props} searchable clearable={clearable} allowDeselect={clearable} clearButtonProps={{ 'aria-label': 'No template' }} placeholder={placeholder} nothingFoundMessage="No such template is published" comboboxProps={{ width: 320, position: 'bottom-start', shadow: 'md' }} data={options} value={value}
      onChange={(name) => { if (name !== null || clearable) onChange(name); }}
    />
  );
}
