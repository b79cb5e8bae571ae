import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customerChoicesQuery, customerQuery } from './queries';

interface Props {
  label: string;
  /** As a filter the label is only heard; in a form it stands above. */
  labelShown?: boolean;
  value: number | null;
  onChange: (id: number | null) => void;
  width?: number;
}

/** A customer, found by typing a part of the name. */
export function CustomerSelect({ label, labelShown, value, onChange, width }: Props) {
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, 200);
  const chosen = useQuery({ ...customerQuery(value ?? 0), enabled: value !== null });
  const isChosenName = chosen.data !== undefined && asked === chosen.data.name;
  const choices = useQuery({ ...customerChoicesQuery(isChosenName ? '' : asked), placeholderData: keepPreviousData });
  const options = (choices.data?.items ?? []).map((each) => ({ value: String(each.id), label: each.name }));
  if (value !== null && chosen.data && !options.some((each) => each.value === String(value))) options.unshift({ value: String(value), label: chosen.data.name });
  return (
    <Select
      label={labelShown ? label : undefined}
      aria-label={labelShown ? undefined : label}
      placeholder={label}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
      filter={({ options: found }) => found}
      nothingFoundMessage="No customer of that name"
      data={options}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(next === null ? null : Number(next))}
      searchValue={search}
      onSearchChange={setSearch}
      w={width}
    />
  );
}
