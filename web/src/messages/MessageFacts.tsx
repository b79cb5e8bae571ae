import { Anchor, Code, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Facts } from '../app/Facts';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { sentence } from '../format/words';
import { apiBase } from '../http/client';
import { useStepTitle } from '../policy/queries';
import { PlainTable } from '../table/PlainTable';
import type { Message } from './queries';

const kilobytes = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });

export function MessageFacts({ message }: { message: Message }) {
  const stepTitle = useStepTitle();
  return (
    <Stack gap="sm" miw={0}>
      <Section title="Facts">
        <Facts facts={{
          Customer: <Anchor component={Link} to={`/customers/${message.customerId}`} size="sm">{message.customerName}</Anchor>,
          From: message.fromAddress,
          To: message.toAddresses.join(', '),
          Template: `${sentence(message.template)} (${message.language})`,
          Queued: <Instant iso={message.queuedAt} />,
          Sent: message.sentAt && <Instant iso={message.sentAt} />,
          Opened: message.openedAt && <Instant iso={message.openedAt} />,
          Clicked: message.clickedAt && <Instant iso={message.clickedAt} />,
          Provider: message.provider && <>{message.provider}{message.providerId && <> <Code>{message.providerId}</Code></>}</>,
          Attempts: message.attempts,
          'Counts as contact': message.contactOn && formatDate(message.contactOn),
          'Ledger version': message.ledgerVersion,
          Key: <Code>{message.idempotencyKey}</Code>,
        }} />
      </Section>
      <Section title="Invoices in it">
        <PlainTable
          label="Invoices in this message" rows={message.invoices} rowKey={(row) => `${row.invoiceId}/${row.step}`} empty={<EmptyState title="None" />}
          columns={[
            { heading: 'Invoice', render: (row) => <Anchor component={Link} to={`/invoices/${row.invoiceId}`} size="sm">{row.number}</Anchor> },
            { heading: 'Step', grow: true, render: (row) => stepTitle(row.step) },
          ]}
        />
      </Section>
      {message.attachments.length > 0 && (
        <Section title="Attachments">
          {message.attachments.map((each) => (
            <Text key={each.index} size="sm">
              <Anchor size="sm" underline="always" href={`${apiBase}/messages/${message.id}/attachments/${each.index}`} download={each.filename}>{each.filename}</Anchor>{' '}
              <Text span c="dimmed" size="xs">{each.contentType}, {kilobytes.format(Math.max(1, each.bytes / 1000))}</Text>
            </Text>
          ))}
        </Section>
      )}
      <Section title="What the provider said">
        <PlainTable
          label="Events" rows={message.events} rowKey={(row) => `${row.type}/${row.at}`}
          empty={<EmptyState title="No events">Delivered, opened, clicked, bounced and complained arrive by signed webhook.</EmptyState>}
          columns={[{ heading: 'Event', grow: true, render: (row) => row.type }, { heading: 'When', render: (row) => <Instant iso={row.at} short /> }]}
        />
      </Section>
    </Stack>
  );
}
