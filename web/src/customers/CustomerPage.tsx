import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { ClaimsSection } from '../claims/ClaimsSection';
import { Loaded } from '../feedback/Loaded';
import { CustomerRuns } from '../segments/CustomerRuns';
import { CustomerSegments } from '../segments/CustomerSegments';
import { StatementsSection } from '../statements/StatementsSection';
import { Balances } from './Balances';
import { ContactsSection } from './ContactsSection';
import { CustomerActions } from './CustomerActions';
import { CustomerFacts } from './CustomerFacts';
import classes from './CustomerPage.module.css';
import { HoldsSection } from './HoldsSection';
import { NextTask } from './NextTask';
import { NoteForm } from './NoteForm';
import { customerQuery, type Customer } from './queries';
import { PolicySection } from './PolicySection';
import { Timeline } from './Timeline';
import { UnappliedSection } from './UnappliedSection';

export function Component() {
  const id = Number(useParams().customerId);
  const customer = useQuery(customerQuery(id));
  return (
    <Page
      title={customer.data?.name ?? 'Customer'} back={{ to: '/customers', label: 'Customers' }}
      beside={customer.data && <Badges customer={customer.data} />} actions={customer.data && <CustomerActions customer={customer.data} />}
    >
      <Loaded query={customer}>{(loaded) => <Body customer={loaded} />}</Loaded>
    </Page>
  );
}

function Badges({ customer }: { customer: Customer }) {
  return (
    <Group gap={6}>
      {customer.onHold && <StateBadge state="on hold" tone="bad" />}
      {customer.stopped && <StateBadge state="stopped" tone="bad" />}
      {customer.paused && !customer.stopped && <StateBadge state="paused" tone="warn" />}
      {customer.doNotContact && <StateBadge state="do not contact" tone="neutral" />}
    </Group>
  );
}

function Body({ customer }: { customer: Customer }) {
  return (
    <div className={classes.columns}>
      <Stack gap="sm" miw={0}>
        <Balances customer={customer} />
        <UnappliedSection customer={customer} />
        <NextTask customer={customer} />
        <NoteForm customerId={customer.id} />
        <Timeline customer={customer} />
      </Stack>
      <Stack gap="sm" miw={0}>
        <CustomerFacts customer={customer} />
        <CustomerSegments customerId={customer.id} />
        <CustomerRuns customerId={customer.id} />
        <ContactsSection customer={customer} />
        <PolicySection customer={customer} />
        <StatementsSection customer={customer} />
        <ClaimsSection of={{ customerId: customer.id }} />
        <HoldsSection customer={customer} />
      </Stack>
    </div>
  );
}
