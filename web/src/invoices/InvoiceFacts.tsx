import { Anchor, Group } from '@mantine/core';
import { IconDownload, IconExternalLink } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Facts } from '../app/Facts';
import { Section } from '../app/Section';
import { describeDaysPastDue, formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { sentence } from '../format/words';
import { apiBase } from '../http/client';
import type { Invoice } from './queries';

const shown = (value: string | number | boolean | null): string => (value === null ? '–' : typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value));

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
        Grace: invoice.graceDays === null ? null : `${invoice.graceDays} days`,
        Type: sentence(invoice.type),
        'Business unit': invoice.businessUnit,
        'External id': invoice.externalId,
        Policy: collection?.policyVersion,
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
