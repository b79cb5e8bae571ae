import { Anchor, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { Loaded } from '../feedback/Loaded';
import { behaviourNames } from './behaviours';
import { customerSegmentsQuery } from './queries';

/** How a customer pays, and the segments it is in with why. */
export function CustomerSegments({ customerId }: { customerId: number }) {
  const segments = useQuery(customerSegmentsQuery(customerId));
  return (
    <Section title="Segments">
      <Loaded query={segments} lines={2}>{({ behaviour, items }) => (
        <>
          {behaviour && <Text size="sm">{`Pays: ${behaviourNames[behaviour.class]?.toLowerCase()}. `}<Text span size="xs" c="dimmed">{behaviour.reason}</Text></Text>}
          {items.length === 0 ? <Text size="sm" c="dimmed">In no segment.</Text> : (
            <List size="sm" spacing={2}>{items.map((each) => <List.Item key={each.segmentId}><Anchor component={Link} underline="always" size="sm" to={`/segments/${each.segmentId}`}>{each.title}</Anchor> <Text span size="xs" c="dimmed">{each.reason}</Text></List.Item>)}</List>
          )}
        </>
      )}</Loaded>
    </Section>
  );
}
