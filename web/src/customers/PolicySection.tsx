import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Section } from '../app/Section';
import { Loaded } from '../feedback/Loaded';
import { Instant } from '../format/Instant';
import { AssignPolicyModal, assigneeKinds } from '../policy/AssignPolicyModal';
import { precedenceQuery, useAssignments } from '../policy/drafts/queries';
import { useMay } from '../session/useMay';
import classes from './CustomerPage.module.css';
import type { Customer } from './queries';

/** Which policies collect what a customer owes: what is assigned to its invoices, to itself and to its segments, the strongest first, and why. */
export function PolicySection({ customer }: { customer: Customer }) {
  const list = useAssignments({ customerId: customer.id });
  const precedence = useQuery(precedenceQuery);
  const mayAssign = useMay()('publish-policy');
  const [assigning, setAssigning] = useState(false);
  return (
    <Section title="Policy" actions={mayAssign && <Button size="compact-xs" variant="subtle" onClick={() => setAssigning(true)}>Assign a policy</Button>}>
      <ul className={classes.contacts} aria-label="Assignments, the strongest first">
        {list.rows?.map((each) => (
          <li key={each.id} className={classes.contact}>
            <div>
              <Group gap={6}><Text size="sm" fw={500}>{each.version ?? each.policy}</Text><Text size="xs" c="dimmed">{assigneeKinds[each.kind]}{each.kind === 'customer' ? '' : ` ${each.target}`}{each.priority === null ? '' : `, priority ${each.priority}`}</Text></Group>
              <Text size="xs" c="dimmed">{each.reason}; since <Instant iso={each.assignedAt} short /></Text>
            </div>
          </li>
        ))}
      </ul>
      <Loaded query={precedence} lines={1}>
        {({ byDefault }) => <Text size="xs" c="dimmed">{list.rows && list.rows.length > 0 ? 'Where none of these decides' : 'Nothing is assigned'}: {byDefault ?? 'no policy is published'}, as for everybody.</Text>}
      </Loaded>
      {assigning && <AssignPolicyModal to={{ kind: 'customer', id: customer.id, name: customer.name }} onClose={() => setAssigning(false)} />}
    </Section>
  );
}
