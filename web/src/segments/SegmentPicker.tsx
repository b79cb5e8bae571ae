import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { plural } from '../format/money';
import { segmentChoicesQuery } from './queries';

/** Chooses a segment by its title; null: all customers. One that is no longer there is shown by its short name. */
export function SegmentPicker({ value, onChange }: { value: string | null; onChange: (key: string | null) => void }) {
  const segments = useQuery(segmentChoicesQuery);
  const items = segments.data?.items ?? [];
  const known = items.map(({ key, title, members }) => ({ value: key, label: `${title} (${plural(members, 'customer')})` }));
  const data = value !== null && !items.some(({ key }) => key === value) ? [{ value, label: value }, ...known] : known;
  return <Select label="Segment" description="Empty: all of whom the condition holds" placeholder="All customers" searchable clearable clearButtonProps={{ 'aria-label': 'All customers' }} nothingFoundMessage="No such segment" data={data} value={value} onChange={onChange} />;
}
