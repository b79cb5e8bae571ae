import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../feedback/ErrorState';
import { Loaded } from '../feedback/Loaded';
import { notifyDone } from '../feedback/notify';
import { PlainTable } from '../table/PlainTable';
import { importFieldsQuery, savedMappingsQuery, useSaveMapping, type Import, type ImportField, type ImportMapping } from './queries';

interface Props {
  current: Import;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

/** Our fields on the left, the file's columns on the right, as suggested until someone says otherwise. */
export function MappingForm({ current, mapping, onChange }: Props) {
  const fields = useQuery(importFieldsQuery(current.kind));
  return (
    <Stack gap="sm">
      <Loaded query={fields}>{({ items }) => <FieldTable fields={items} current={current} mapping={mapping} onChange={onChange} />}</Loaded>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label="Decimal sign" value={mapping.decimal ?? ''} data={[{ value: '', label: 'Recognised' }, { value: '.', label: '1234.56' }, { value: ',', label: '1234,56' }]}
          onChange={(event) => onChange({ ...mapping, decimal: event.currentTarget.value === '' ? undefined : event.currentTarget.value as '.' | ',' })}
        />
        <TextInput label="Dates are written" placeholder="Recognised, e.g. DD.MM.YYYY" value={mapping.dateFormat ?? ''} onChange={(event) => onChange({ ...mapping, dateFormat: event.currentTarget.value || undefined })} w={220} />
        <SavedMappings current={current} mapping={mapping} onChange={onChange} />
      </Group>
    </Stack>
  );
}

function FieldTable({ fields, current, mapping, onChange }: Props & { fields: readonly ImportField[] }) {
  const choices = [{ value: '', label: 'Not in this file' }, ...current.columns.map((column) => ({ value: column, label: column }))];
  const choose = (field: string, column: string) => {
    const { [field]: _, ...others } = mapping.columns;
    onChange({ ...mapping, columns: column === '' ? others : { ...others, [field]: column } });
  };
  const example = (field: string) => {
    const index = current.columns.indexOf(mapping.columns[field] ?? '');
    return index < 0 ? null : current.sample[0]?.[index];
  };
  return (
    <PlainTable
      label="Matching of fields and columns" rows={[...fields, ...customFields(mapping, fields)]} rowKey={(row) => row.field}
      columns={[
        { heading: 'Field', grow: true, cell: (row) => <><b>{row.field}</b>{row.required && <Text span size="xs" c="dimmed"> required</Text>}<Text size="xs" c="dimmed">{row.description}</Text></> },
        { heading: 'Column of the file', cell: (row) => <NativeSelect aria-label={`Column for ${row.field}`} data={choices} value={mapping.columns[row.field] ?? ''} onChange={(event) => choose(row.field, event.currentTarget.value)} error={row.required && !mapping.columns[row.field] && !mapping.defaults?.[row.field] ? 'Choose a column' : undefined} /> },
        { heading: 'First value', grow: true, cell: (row) => example(row.field) },
      ]}
    />
  );
}

/** Columns that we have no field for come in as custom fields; they are listed so that they can be left out. */
function customFields(mapping: ImportMapping, fields: readonly ImportField[]): ImportField[] {
  const known = new Set(fields.map(({ field }) => field));
  return Object.keys(mapping.columns).filter((field) => !known.has(field)).map((field) => ({ field, required: false, description: 'A custom field' }));
}

function SavedMappings({ current, mapping, onChange }: Props) {
  const { data } = useQuery(savedMappingsQuery(current.kind));
  const save = useSaveMapping();
  const [name, setName] = useState('');
  const load = (chosen: string) => {
    const found = data?.items.find((each) => each.name === chosen);
    if (!found) return;
    setName(found.name);
    onChange(found.mapping);
  };
  return (
    <>
      {data && data.items.length > 0 && <NativeSelect label="Use a saved matching" value="" data={[{ value: '', label: 'Choose' }, ...data.items.map((each) => ({ value: each.name, label: each.name }))]} onChange={(event) => load(event.currentTarget.value)} />}
      <Group gap={6} align="flex-end">
        <TextInput label="Save this matching as" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button variant="default" disabled={name.trim() === ''} loading={save.pending} onClick={() => save.run({ kind: current.kind, name: name.trim(), mapping }, (saved) => notifyDone(`Saved as ${saved.name}.`))}>Save</Button>
      </Group>
      {save.error ? <ErrorState error={save.error} /> : null}
    </>
  );
}
