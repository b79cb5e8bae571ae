import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { formatDate } from '../format/dates';
import { Money } from '../format/Money';
import { disputeReasons, keptRatesQuery, promiseStates, useDisputes, usePromises } from './queries';

/** What was promised and disputed of one invoice, or of all a customer's. */
export function ClaimsSection({ of }: { of: { invoiceId: number } | { customerId: number } }) {
  const query = useMemo(() => of, [of]);
  const promises = usePromises(query);
  const disputes = useDisputes(query);
  const nothing = promises.rows?.length === 0 && disputes.rows?.length === 0;
  return (
    <Section title="Promises and disputes">
      {nothing && <EmptyState title="Nothing promised or disputed" />}
      <Stack gap={6}>
        {promises.rows?.map((promise) => (
          <Group key={`p${promise.id}`} gap={6}>
            <StateBadge state={promise.state} {...promiseStates[promise.state]} />
            <Text size="sm">Promised <Money minor={promise.amountMinor} currency={promise.currency} /> by {formatDate(promise.promisedOn)}</Text>
          </Group>
        ))}
        {disputes.rows?.map((dispute) => (
          <Group key={`d${dispute.id}`} gap={6}>
            <StateBadge state={dispute.late ? 'late' : dispute.resolution ?? 'open'} tone={dispute.late ? 'bad' : dispute.state === 'open' ? 'warn' : 'neutral'} />
            <Text size="sm"><Anchor component={Link} underline="always" to={`/disputes/${dispute.id}`}>Dispute: {disputeReasons[dispute.reason].toLowerCase()}</Anchor>, <Money minor={dispute.amountMinor} currency={dispute.currency} /></Text>
          </Group>
        ))}
      </Stack>
      {'customerId' in of && <KeptRates customerId={of.customerId} />}
    </Section>
  );
}

function KeptRates({ customerId }: { customerId: number }) {
  const { data } = useQuery(keptRatesQuery(customerId));
  return data?.items.map(({ currency, decided, kept, rate }) => (
    <Text key={currency} size="xs" c="dimmed" mt={6}>{kept} of {decided} promises in {currency} kept{rate === null ? '' : `: ${Math.round(rate * 100)} % of the money came as promised`}</Text>
  ));
}
