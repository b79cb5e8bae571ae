import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { Instant } from '../format/Instant';
import { PlaceHoldModal } from '../holds/PlaceHoldModal';
import { byWhom, holdKinds, useHolds, type Hold } from '../holds/queries';
import { ReleaseHoldModal } from '../holds/ReleaseHoldModal';
import { useMay } from '../session/useMay';
import classes from './CustomerPage.module.css';
import type { Customer } from './queries';

export function HoldsSection({ customer }: { customer: Customer }) {
  const list = useHolds({ customerId: customer.id });
  const mayManage = useMay()('manage-holds');
  const [placing, setPlacing] = useState(false);
  const [releasing, setReleasing] = useState<Hold | null>(null);
  return (
    <Section title="Holds" actions={mayManage && <Button size="compact-xs" variant="subtle" onClick={() => setPlacing(true)}>Place a hold</Button>}>
      {list.rows?.length === 0 && <EmptyState title="Not on hold" />}
      <ul className={classes.contacts}>
        {list.rows?.map((hold) => (
          <li key={hold.id} className={classes.contact}>
            <div>
              <Group gap={6}><Text size="sm" fw={500}>{holdKinds[hold.kind]}</Text>{hold.releasedAt ? <StateBadge state="released" tone="neutral" /> : <StateBadge state="in force" tone="bad" />}</Group>
              <Text size="xs" c="dimmed">Placed <Instant iso={hold.placedAt} short /> {byWhom(hold.placedBy)}{hold.reason ? `: ${hold.reason}` : ''}</Text>
              {hold.releasedAt && <Text size="xs" c="dimmed">Released <Instant iso={hold.releasedAt} short />{hold.releasedBy ? ` ${byWhom(hold.releasedBy)}` : ''}{hold.releaseReason ? `: ${hold.releaseReason}` : ''}</Text>}
            </div>
            {mayManage && !hold.releasedAt && <Button size="compact-xs" variant="light" onClick={() => setReleasing(hold)}>Release</Button>}
          </li>
        ))}
      </ul>
      {placing && <PlaceHoldModal customer={customer} onClose={() => setPlacing(false)} />}
      {releasing && <ReleaseHoldModal hold={releasing} onClose={() => setReleasing(null)} />}
    </Section>
  );
}
