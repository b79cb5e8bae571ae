import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { segmentChoicesQuery } from './queries';

/** A segment, by its title. */
export function SegmentSelect({ value, onChange }: { value: number | null; onChange: (id: number | null) => void }) {
  const { data } = useQuery(segmentChoicesQuery);
  return (
    <Select
      label="Segment" placeholder="Segment" searchable nothingFoundMessage="No segment of that name" data={(data?.items ?? []).map(({ id, title }) => ({ value: String(id), label: title }))}
      value={value === null ? null : String(value)} onChange={(next) => onChange(next === null ? null : Number(next))}
    />
  );
}
