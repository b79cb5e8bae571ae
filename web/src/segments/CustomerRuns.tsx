import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { Instant } from '../format/Instant';
import { ExportLink } from '../table/ExportLink';
import { ShortList } from '../table/ShortList';
import { outcomes } from './decisions';
import { useCustomerRunDecisions } from './queries';
import { Explanation } from './RunDecisions';

/** What the runs of segments came to for a customer, and why. */
export function CustomerRuns({ customerId }: { customerId: number }) {
  const list = useCustomerRunDecisions(customerId);
  const some = (list.rows?.length ?? 0) > 0;
  return (
    <Section title="Runs of segments" actions={some && <ExportLink list={`/customers/${customerId}/segment-decisions`} />}>
      <ShortList
        label="Runs of segments" list={list} lines={2} rowKey={({ segmentId, run }) => `${segmentId}/${run}`} empty={<Text size="sm" c="dimmed">No run of a segment has looked at this customer.</Text>}
        columns={[
          { heading: 'Run', render: (row) => <><Anchor component={Link} size="sm" to={`/segments/${row.segmentId}?show=schedule&run=${row.run}`}>{row.segmentTitle}, run {row.run}</Anchor><Text size="xs" c="dimmed"><Instant iso={row.at} short /></Text></> },
          { heading: 'Outcome', render: ({ outcome }) => <StateBadge state={outcome} {...outcomes[outcome]} /> },
          { heading: 'Why', grow: true, render: (row) => <Explanation decision={row} /> },
        ]}
      />
    </Section>
  );
}
