import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { invoiceChoicesQuery, invoiceQuery } from './queries';

interface Props {
  /** As a filter the label is only heard; in a form it stands above. */
  labelShown?: boolean;
  value: number | null;
  onChange: (id: number | null) => void;
  width?: number;
}

const named = ({ id, number, customerName }: { id: number; number: string; customerName: string }) => ({ value: String(id), label: `${number}, ${customerName}` });

/** An invoice, found by typing a part of its number or of its customer's name. */
export function InvoiceSelect({ labelShown, value, onChange, width }: Props) {
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, 200);
  const { data } = useQuery({ ...invoiceQuery(value ?? 0), enabled: value !== null });
  const chosen = value !== null && data ? named(data) : null;
  const choices = useQuery({ ...invoiceChoicesQuery(asked === chosen?.label ? '' : asked), placeholderData: keepPreviousData });
  const options = (choices.data?.items ?? []).map(named);
  if (chosen && !options.some((each) => each.value === chosen.value)) options.unshift(chosen);
  return (
    <Select
      label={labelShown ? 'Invoice' : undefined} aria-label={labelShown ? undefined : 'Invoice'} placeholder={labelShown ? 'Number or customer' : 'Invoice'} searchable clearable clearButtonProps={{ 'aria-label': 'Clear Invoice' }}
      filter={({ options: found }) => found} nothingFoundMessage="No invoice of that number" data={options} searchValue={search} onSearchChange={setSearch} w={width}
      value={value === null ? null : String(value)} onChange={(next) => onChange(next === null ? null : Number(next))}
    />
  );
}
