import { Checkbox, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { leftoverColumns } from './assignment';
import type { MappingProps } from './MappingForm';
import { importFieldsQuery } from './queries';

/** What the file has beyond our fields: kept as custom fields of the customer or invoice where the box is ticked. */
export function LeftoverColumns({ current, mapping, onChange }: MappingProps) {
  const { data } = useQuery(importFieldsQuery(current.kind));
  const takesCustomFields = current.kind === 'customers' || current.kind === 'invoices';
  const leftover = data ? leftoverColumns(mapping, current.columns, data.items.map(({ field }) => field)) : [];
  if (leftover.length === 0) return null;
  if (!takesCustomFields) return <Text size="sm" c="dimmed">Not read: {leftover.join(', ')}.</Text>;
  const ignored = mapping.ignore ?? [];
  const kept = leftover.filter((column) => !ignored.includes(column));
  return (
    <Checkbox.Group
      label="Keep as custom fields" value={kept}
      onChange={(next) => onChange({ ...mapping, ignore: [...ignored.filter((column) => !leftover.includes(column)), ...leftover.filter((column) => !next.includes(column))] })}
    >
      <Group gap="md" mt={4}>{leftover.map((column) => <Checkbox key={column} value={column} label={column} />)}</Group>
    </Checkbox.Group>
  );
}
