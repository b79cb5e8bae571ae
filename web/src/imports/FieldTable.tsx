import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { PlainTable } from '../table/PlainTable';
import { assign, columnOf, constantOf, type Assignment } from './assignment';
import type { MappingProps } from './MappingForm';
import type { ImportField } from './queries';

const nothing = '';
const sameEverywhere = '\u0000same';

export function FieldTable({ fields, current, mapping, onChange }: MappingProps & { fields: readonly ImportField[] }) {
  const columns = current.columns.map((column) => ({ value: column, label: column }));
  const withoutColumn = [{ value: nothing, label: 'Not in this file' }, { value: sameEverywhere, label: 'The same in every row' }];
  // A column that carries the field's own name is always read: for such a field there is no other way than another column.
  const choicesFor = (field: string) => (current.columns.includes(field) ? columns : [...withoutColumn, ...columns]);
  const set = (field: string, assignment: Assignment) => onChange(assign(mapping, field, assignment));
  const choose = (field: string, value: string) => {
    if (value === nothing) set(field, { kind: 'none' });
    else if (value === sameEverywhere) set(field, { kind: 'constant', value: '' });
    else set(field, { kind: 'column', column: value });
  };
  return (
    <PlainTable
      label="Matching of fields and columns" rows={fields} rowKey={(row) => row.field}
      columns={[
        { heading: 'Field', grow: true, render: ({ field, required, description }) => <><b>{field}</b>{required && <Text span size="xs" c="dimmed"> required</Text>}<Text size="xs" c="dimmed">{description}</Text></> },
        {
          heading: 'Column of the file',
          render: ({ field, required }) => {
            const column = columnOf(mapping, current.columns, field);
            const constant = constantOf(mapping, field);
            const missing = required && column === null && !constant;
            return (
              <Group gap={6} wrap="nowrap" align="flex-start">
                <NativeSelect aria-label={`Column for ${field}`} w={210} data={choicesFor(field)} value={constant !== null ? sameEverywhere : column ?? nothing} onChange={(event) => choose(field, event.currentTarget.value)} error={missing ? 'Choose a column or a value' : undefined} />
                {constant !== null && <TextInput aria-label={`Value of ${field} in every row`} w={120} value={constant} onChange={(event) => set(field, { kind: 'constant', value: event.currentTarget.value })} />}
              </Group>
            );
          },
        },
        { heading: 'First value', grow: true, render: ({ field }) => constantOf(mapping, field) ?? current.sample[0]?.[current.columns.indexOf(columnOf(mapping, current.columns, field) ?? '')] },
      ]}
    />
  );
}
