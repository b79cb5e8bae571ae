import { Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { policyChoicesQuery } from './queries';

interface Props extends Pick<SelectProps, 'label' | 'placeholder' | 'clearable' | 'w' | 'description'> {
  value: string | null;
  onChange: (policy: string | null) => void;
}

/** Chooses a policy of which a version is in force. One that is set and is not in force any more stays to be seen. */
export function PolicySelect({ value, onChange, clearable = false, placeholder = 'Choose a policy', ...props }: Props) {
  const { data } = useQuery(policyChoicesQuery);
  const known = (data?.items ?? []).map(({ policy, title }) => ({ value: policy, label: title === policy ? policy : `${title} (${policy})` }));
  const options = value && !known.some((each) => each.value === value) ? [{ value, label: `${value}, not in force` }, ...known] : known;
  return (
    <Select
      {...props} searchable clearable={clearable} allowDeselect={clearable} clearButtonProps={{ 'aria-label': 'No policy' }} placeholder={placeholder} nothingFoundMessage="No such policy is in force" comboboxProps={{ width: 320, position: 'bottom-start', shadow: 'md' }} data={options} value={value || null}
      onChange={(policy) => { if (policy !== null || clearable) onChange(policy); }}
    />
  );
}
