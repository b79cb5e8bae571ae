import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { invoiceChoicesQuery } from './queries';

/** An invoice, found by typing a part of its number or of its customer's name. */
export function InvoiceSelect({ value, onChange }: { value: number | null; onChange: (id: number | null) => void }) {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const [asked] = useDebouncedValue(search, 200);
  const { data } = useQuery({ ...invoiceChoicesQuery(asked === chosen?.label ? '' : asked), placeholderData: keepPreviousData });
  const options = (data?.items ?? []).map(({ id, number, customerName }) => ({ value: String(id), label: `${number}, ${customerName}` }));
  if (chosen && !options.some((each) => each.value === chosen.value)) options.unshift(chosen);
  return (
    <Select
      label="Invoice" placeholder="Number or customer" searchable filter={({ options: found }) => found} nothingFoundMessage="No invoice of that number" data={options} searchValue={search} onSearchChange={setSearch}
      value={value === null ? null : String(value)}
      onChange={(next) => {
        setChosen(options.find((each) => each.value === next) ?? null);
        onChange(next === null ? null : Number(next));
      }}
    />
  );
}
