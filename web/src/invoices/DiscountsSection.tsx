import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Section } from '../app/Section';
import { formatDate } from '../format/dates';
import { formatMoney } from '../format/money';
import { Money } from '../format/Money';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { discountsQuery, type DiscountOffer } from './discountQueries';
import { OfferDiscountModal } from './OfferDiscountModal';
import type { Invoice } from './queries';
import { WithdrawDiscountModal } from './WithdrawDiscountModal';

const states: Readonly<Record<DiscountOffer['state'], string>> = { open: 'Open', honoured: 'Taken off', expired: 'Expired', withdrawn: 'Withdrawn' };

/** What is taken off for who pays in time. */
export function DiscountsSection({ invoice }: { invoice: Invoice }) {
  const { data } = useQuery(discountsQuery(invoice.id));
  const may = useMay()('discount');
  const [offering, setOffering] = useState(false);
  const [withdrawing, setWithdrawing] = useState<DiscountOffer | null>(null);
  const open = invoice.openMinor > 0;
  if (!data || (data.items.length === 0 && !(may && open))) return null;
  return (
    <Section title="Discounts for paying early" actions={may && open && <Button size="compact-xs" variant="subtle" onClick={() => setOffering(true)}>Offer</Button>}>
      {data.items.length === 0 ? <Text size="sm" c="dimmed">Nothing is offered.</Text> : <PlainTable
        label="Discounts for paying early" rows={data.items} rowKey={(row) => row.id}
        columns={[
          { heading: 'Terms', grow: true, render: (row) => <>{row.terms} of {formatMoney(row.baseMinor, row.currency)}, paid by {formatDate(row.lastDay)}<Text size="xs" c="dimmed">{row.sourceName}{row.toEarn && ` · ${formatMoney(row.toEarn.discountMinor, row.currency)}${row.honouredMinor === null ? '' : ' more'} off for ${formatMoney(row.toEarn.payMinor, row.currency)}`}</Text></> },
          { heading: 'State', render: (row) => states[row.state] },
          { heading: 'Amount', align: 'right', render: (row) => <Money minor={row.honouredMinor ?? row.discountMinor} currency={row.currency} /> },
          ...(may ? [{ heading: 'Do', render: (row: DiscountOffer) => row.state === 'open' && <Button size="compact-xs" variant="default" aria-label="Withdraw the offer" onClick={() => setWithdrawing(row)}>Withdraw</Button> }] : []),
        ]}
      />}
      {offering && <OfferDiscountModal invoice={invoice} onClose={() => setOffering(false)} />}
      {withdrawing && <WithdrawDiscountModal offer={withdrawing} onClose={() => setWithdrawing(null)} />}
    </Section>
  );
}
