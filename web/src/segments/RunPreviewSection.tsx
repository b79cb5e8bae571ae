import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { Loaded } from '../feedback/Loaded';
import { Instant } from '../format/Instant';
import { plural } from '../format/money';
import type { Schema } from '../http/client';
import { PlainTable } from '../table/PlainTable';
import { runPreviewQuery } from './queries';

type Row = Schema<'SegmentRunPreview'>['customers'][number];

/** The next dates, and the decisions of the next run as the ledger is now, without doing anything. */
export function RunPreviewSection({ segmentId }: { segmentId: number }) {
  const [asked, setAsked] = useState(false);
  const preview = useQuery({ ...runPreviewQuery(segmentId), enabled: asked });
  return (
    <Section title="Next run" actions={<Button variant="default" size="xs" loading={asked && preview.isFetching} onClick={() => (asked ? void preview.refetch() : setAsked(true))}>Preview</Button>}>
      {!asked ? <Text size="sm" c="dimmed">The preview makes the decisions of the next run on the ledger as it is now, and does nothing.</Text> : (
        <Loaded query={preview} lines={4}>
          {({ dates, looked, customers }) => (
            <>
              <Text size="sm" mb={6}>{dates.map((date, index) => <span key={date}>{index > 0 && ', '}<Instant iso={date} /></span>)}</Text>
              <PlainTable
                label="What the next run would do" rows={customers} rowKey={({ customerId }) => customerId} empty={<Text size="sm" c="dimmed">Nobody is in the segment now.</Text>}
                columns={[
                  { heading: 'Customer', render: (row) => <Link className="plain" to={`/customers/${row.customerId}`}>{row.customerName}</Link> },
                  { heading: 'Would', render: (row) => <StateBadge state={verdict(row)} tone={row.decision === 'act' ? 'good' : row.decision === 'defer' ? 'warn' : 'neutral'} /> },
                  { heading: 'Invoices', align: 'right', render: ({ invoices }) => invoices || '–' },
                  { heading: 'Why', grow: true, render: ({ reason, until }) => <>{reason}{until && <>, until <Instant iso={until} short /></>}</> },
                ]}
              />
              {looked === 200 && <Text size="xs" c="dimmed">The first {plural(looked, 'customer')} are listed.</Text>}
            </>
          )}
        </Loaded>
      )}
    </Section>
  );
}

function verdict({ decision, email, others }: Row): string {
  const besides = others > 0 ? plural(others, 'task or notice', 'tasks and notices') : '';
  if (decision === 'suppress') return 'nothing';
  if (decision === 'defer') return besides ? `wait with the email; ${besides}` : 'wait';
  return [email ? 'email' : '', besides].filter(Boolean).join(', ');
}
