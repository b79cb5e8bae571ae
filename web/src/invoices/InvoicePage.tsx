import { Group, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { ClaimsSection } from '../claims/ClaimsSection';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { MessagesSection } from '../messages/MessagesSection';
import { ChargesSection } from './ChargesSection';
import { DiscountsSection } from './DiscountsSection';
import { InvoiceActions } from './InvoiceActions';
import { InvoiceDecisions } from './InvoiceDecisions';
import { InvoiceFacts } from './InvoiceFacts';
import { InvoiceNotes } from './InvoiceNotes';
import classes from './InvoicePage.module.css';
import { LadderView } from './LadderView';
import { LinesSection } from './LinesSection';
import { SettlementSection } from './SettlementSection';
import { invoiceQuery, ladderQuery, type Invoice } from './queries';
import { invoiceStates } from './states';
import { useFollowUnderWay } from './useFollowUnderWay';

export function Component() {
  const id = Number(useParams().invoiceId);
  const invoice = useQuery(invoiceQuery(id));
  const title = invoice.data ? `Invoice ${invoice.data.number}` : 'Invoice';
  return (
    <Page
      title={title} back={{ to: '/invoices', label: 'Invoices' }}
      beside={invoice.data && <Badges invoice={invoice.data} />}
      actions={invoice.data && <InvoiceActions invoice={invoice.data} />}
    >
      <Loaded query={invoice}>{(loaded) => <Body invoice={loaded} />}</Loaded>
    </Page>
  );
}

function Badges({ invoice }: { invoice: Invoice }) {
  const { state, collection, onHold } = invoice;
  return (
    <Group gap={6}>
      <StateBadge state={state} {...invoiceStates[state]} />
      {collection?.paused && <StateBadge state="paused" tone="warn" />}
      {collection?.stopped && <StateBadge state="collection stopped" tone="neutral" />}
      {onHold && <StateBadge state="on hold" tone="bad" />}
    </Group>
  );
}

function Body({ invoice }: { invoice: Invoice }) {
  const ladder = useQuery(ladderQuery(invoice.id));
  useFollowUnderWay(invoice.id, ladder.data);
  return (
    <div className={classes.columns}>
      <Stack gap="sm" miw={0}>
        <Section title="Ladder"><Loaded query={ladder}>{(loaded) => (loaded ? <LadderView ladder={loaded} invoice={invoice} /> : <EmptyState title="Not under collection">An invoice that was settled before it came in, or is a draft, has no steps.</EmptyState>)}</Loaded></Section>
        <InvoiceDecisions invoice={invoice} zone={ladder.data?.timeZone} />
        <MessagesSection query={{ invoiceId: invoice.id }} />
        <InvoiceNotes invoice={invoice} />
      </Stack>
      <SimpleGrid cols={1} spacing="sm" miw={0} style={{ alignContent: 'start' }}>
        <InvoiceFacts invoice={invoice} />
        <ClaimsSection of={{ invoiceId: invoice.id }} />
        <SettlementSection invoice={invoice} />
        <ChargesSection invoice={invoice} />
        <DiscountsSection invoice={invoice} />
        <LinesSection invoice={invoice} />
      </SimpleGrid>
    </div>
  );
}
