import { Select } from '@mantine/core';

interface Props {
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
  width?: number;
}

/** One filter of a list. Nothing chosen means: all. */
export function FilterSelect({ label, value, options, onChange, width = 150 }: Props) {
  // A value from an old bookmark that is no longer offered is shown all the same, so that it can be taken off.
  const offered = value && !options.some((option) => option.value === value) ? [...options, { value, label: value }] : [...options];
  return (
    <Select
      aria-label={label}
      placeholder={label}
      data={offered}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
      searchable={offered.length > 8}
      w={width}
    />
  );
}
