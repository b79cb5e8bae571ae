import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Section } from '../app/Section';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { ChargeModal } from './ChargeModal';
import { chargesQuery, type Charge } from './chargeQueries';
import { PayChargeModal } from './PayChargeModal';
import type { Invoice } from './queries';
import { WaiveChargeModal } from './WaiveChargeModal';

/** Late fees and interest: beside the invoice, never part of what is open on it. */
export function ChargesSection({ invoice }: { invoice: Invoice }) {
  const { data } = useQuery(chargesQuery(invoice.id));
  const may = useMay()('charge');
  const [charging, setCharging] = useState(false);
  const [paying, setPaying] = useState<Charge | null>(null);
  const [waiving, setWaiving] = useState<Charge | null>(null);
  const late = invoice.state === 'overdue';
  if (!data || (data.items.length === 0 && !(may && late))) return null;
  return (
    <Section title="Late fees and interest" actions={may && late && <Button size="compact-xs" variant="subtle" onClick={() => setCharging(true)}>Charge</Button>}>
      {data.items.length === 0 ? <Text size="sm" c="dimmed">Nothing has been charged.</Text> : <PlainTable
        label="Late fees and interest" rows={data.items} rowKey={(row) => row.id}
        columns={[
          { heading: 'What', render: (row) => sentence(row.kind) },
          { heading: 'How', grow: true, render: (row) => <>{row.basis}{row.fromOn && row.toOn && `, ${formatDate(row.fromOn)} to ${formatDate(row.toOn)}`}{row.waivedAt && <Text size="xs" c="dimmed">Waived by {row.waivedBy} <Instant iso={row.waivedAt} short />: {row.waiveReason}</Text>}</> },
          { heading: 'Open', align: 'right', render: (row) => <Money minor={row.openMinor} currency={row.currency} /> },
          { heading: 'Amount', align: 'right', render: (row) => <Text span td={row.waivedAt ? 'line-through' : undefined}><Money minor={row.amountMinor} currency={row.currency} /></Text> },
          ...(may ? [{ heading: 'Do', render: (row: Charge) => (
            <Group gap={4} wrap="nowrap">
              {row.openMinor > 0 && <Button size="compact-xs" variant="light" aria-label={`Pay the ${row.kind}`} onClick={() => setPaying(row)}>Pay</Button>}
              {!row.waivedAt && row.openMinor > 0 && <Button size="compact-xs" variant="default" aria-label={`Waive the ${row.kind}`} onClick={() => setWaiving(row)}>Waive</Button>}
            </Group>
          ) }] : []),
        ]}
      />}
      {charging && <ChargeModal invoice={invoice} onClose={() => setCharging(false)} />}
      {paying && <PayChargeModal charge={paying} customerId={invoice.customerId} onClose={() => setPaying(null)} />}
      {waiving && <WaiveChargeModal charge={waiving} onClose={() => setWaiving(null)} />}
    </Section>
  );
}
