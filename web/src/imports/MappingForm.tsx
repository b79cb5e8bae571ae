import { Autocomplete, Group, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../feedback/Loaded';
import { FieldTable } from './FieldTable';
import { LeftoverColumns } from './LeftoverColumns';
import { encodings, importFieldsQuery, type Import, type Encoding, type ImportMapping } from './queries';
import { SavedMappings } from './SavedMappings';

export interface MappingProps {
  current: Import;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

const dateFormats = ['yyyy-MM-dd', 'dd.MM.yyyy', 'dd/MM/yyyy', 'MM/dd/yyyy', 'yyyyMMdd'];
const decimals = [{ value: '.', label: '1234.56' }, { value: ',', label: '1234,56' }];
const delimiters = [{ value: '', label: 'Recognised' }, { value: ',', label: 'Comma' }, { value: ';', label: 'Semicolon' }, { value: '\t', label: 'Tab' }, { value: '|', label: 'Bar' }];

/** Our fields on the left, the file's columns on the right, as suggested until someone says otherwise. */
export function MappingForm({ current, mapping, onChange }: MappingProps) {
  const fields = useQuery(importFieldsQuery(current.kind));
  return (
    <Stack gap="md">
      <Loaded query={fields}>{({ items }) => <FieldTable fields={items} current={current} mapping={mapping} onChange={onChange} />}</Loaded>
      <LeftoverColumns current={current} mapping={mapping} onChange={onChange} />
      <Group gap="sm" align="flex-end">
        <Autocomplete size="xs" label="Dates are written" data={dateFormats} value={mapping.dateFormat ?? 'yyyy-MM-dd'} onChange={(dateFormat) => onChange({ ...mapping, dateFormat })} w={150} />
        <NativeSelect label="Amounts are written" data={decimals} value={mapping.decimal ?? '.'} onChange={(event) => onChange({ ...mapping, decimal: event.currentTarget.value as ImportMapping['decimal'] })} />
        <NativeSelect label="Columns are parted by" data={delimiters} value={mapping.delimiter ?? ''} onChange={(event) => onChange({ ...mapping, delimiter: (event.currentTarget.value || undefined) as ImportMapping['delimiter'] })} />
        <NativeSelect label="Encoding" data={encodings} value={mapping.encoding ?? 'utf-8'} onChange={(event) => onChange({ ...mapping, encoding: event.currentTarget.value as Encoding })} />
      </Group>
      <SavedMappings current={current} mapping={mapping} onChange={onChange} />
    </Stack>
  );
}
