import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconDownload, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Facts } from '../app/Facts';
import { Section } from '../app/Section';
import { describeDaysPastDue, formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { plural } from '../format/money';
import { Money } from '../format/Money';
import { sentence } from '../format/words';
import { apiBase } from '../http/client';
import { useMay } from '../session/useMay';
import { GraceModal } from './GraceModal';
import { invoicePolicyQuery, type Invoice } from './queries';

const shown = (value: string | number | boolean | null): string => (value === null ? '–' : typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value));

const strengths = { invoice: 'the invoice itself', customer: 'its customer', segment: 'the segment', default: 'everybody' } as const;

/** By what its policy was chosen, and whether it is on another still. */
function PolicyReason({ invoice }: { invoice: Invoice }) {
  const { data } = useQuery(invoicePolicyQuery(invoice.id));
  if (!data) return null;
  const { version, assignedBy, current, assignment } = data;
  return (
    <>
      {version ?? 'no policy'}, for {strengths[assignedBy]}{assignment && assignedBy !== 'invoice' && ` ${assignment.target}`}
      {assignment && <Text size="xs" c="dimmed">{assignment.reason}</Text>}
      {current !== null && version !== null && current !== version && <Text size="xs" c="dimmed">It stays on {current}, on which it was when that was said.</Text>}
    </>
  );
}

/** Days of grace of this invoice alone, and the way to change them. */
function Grace({ invoice }: { invoice: Invoice }) {
  const may = useMay();
  const [changing, setChanging] = useState(false);
  return (
    <>
      <Text span size="sm" c={invoice.graceDays === null ? 'dimmed' : undefined}>{invoice.graceDays === null ? 'none of its own' : plural(invoice.graceDays, 'day')}</Text>
      {may('write-ledger') && <Button variant="subtle" size="compact-xs" ml={6} aria-label="Change the grace" onClick={() => setChanging(true)}>Change</Button>}
      {changing && <GraceModal invoice={invoice} onClose={() => setChanging(false)} />}
    </>
  );
}

export function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  const { collection, currency } = invoice;
  return (
    <Section title="Facts">
      <Facts facts={{
        Customer: <Anchor component={Link} to={`/customers/${invoice.customerId}`} size="sm">{invoice.customerName}</Anchor>,
        Open: <Money minor={invoice.openMinor} currency={currency} strong />,
        Settled: <Money minor={invoice.settledMinor} currency={currency} />,
        Total: <Money minor={invoice.totalMinor} currency={currency} />,
        Issued: formatDate(invoice.issuedOn),
        Due: <>{formatDate(invoice.dueOn)}{invoice.openMinor > 0 && ` · ${describeDaysPastDue(invoice.daysPastDue)}`}</>,
        Grace: <Grace invoice={invoice} />,
        Type: sentence(invoice.type),
        'Business unit': invoice.businessUnit,
        'External id': invoice.externalId,
        Policy: collection?.policyVersion,
        'Chosen by': <PolicyReason invoice={invoice} />,
        'Paused until': collection?.paused ? (collection.pausedUntil ? <Instant iso={collection.pausedUntil} /> : 'resumed by someone') : null,
        ...Object.fromEntries(Object.entries(invoice.custom).map(([name, value]) => [sentence(name), shown(value)] as const)),
      }} />
      <Group gap="md" mt="sm">
        <Anchor size="sm" href={`${apiBase}/invoices/${invoice.id}/document`} target="_blank" rel="noreferrer"><IconDownload size={13} aria-hidden /> PDF</Anchor>
        {invoice.temporalUrl && <Anchor size="sm" href={invoice.temporalUrl} target="_blank" rel="noreferrer"><IconExternalLink size={13} aria-hidden /> Workflow in Temporal UI</Anchor>}
      </Group>
    </Section>
  );
}
