import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { formatCount } from '../format/money';
import { firstCapital } from '../format/words';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { PlainTable } from '../table/PlainTable';
import { PreviewSummary, Titled } from './PreviewSummary';
import { previewQuery, usePreviewedCustomers, type Campaign, type CampaignPreview, type PreviewedCustomer, type PreviewOutcome } from './queries';

const filterNames = ['outcome'] as const;
const outcomes: readonly PreviewOutcome[] = ['acts', 'left-out', 'held-out', 'joins'];
const words: Readonly<Record<PreviewOutcome, string>> = { acts: 'First step', 'left-out': 'Left alone', 'held-out': 'Held out', joins: 'Joins' };
const tones = { acts: 'active', 'left-out': 'warn', 'held-out': 'neutral', joins: 'active' } as const;

/** What a launch would come to, on the ledger as it is now. It reads the whole audience, so it is asked for. */
export function PreviewSection({ campaign }: { campaign: Campaign }) {
  const [asked, setAsked] = useState(false);
  const preview = useQuery({ ...previewQuery(campaign), enabled: asked });
  return (
    <Section title="If it were launched now" actions={<Button variant="default" size="xs" loading={asked && preview.isFetching} onClick={() => (asked ? void preview.refetch() : setAsked(true))}>Preview</Button>}>
      {!asked ? <Text size="sm" c="dimmed">The preview says who would join, what they owe, and who would be left alone and why. It does nothing.</Text> : (
        <Loaded query={preview} lines={6}>
          {(loaded) => (
            <Stack gap="sm">
              <PreviewSummary preview={loaded} />
              <Groups preview={loaded} />
              <FirstDays preview={loaded} />
              {loaded.joins > 0 && <Customers campaign={campaign} key={loaded.at} />}
            </Stack>
          )}
        </Loaded>
      )}
    </Section>
  );
}

function Groups({ preview: { groups, firstStep } }: { preview: CampaignPreview }) {
  if (groups.length < 2) return null;
  return (
    <Titled title="How they are drawn"><PlainTable
      label="How they are drawn" rows={groups} rowKey={(row) => row.group}
      columns={[
        { heading: 'Group', render: (row) => row.group },
        { heading: 'Share', align: 'right', render: (row) => `${row.percent}%` },
        { heading: 'Customers', align: 'right', render: (row) => formatCount(row.customers) },
        { heading: 'With the first step', align: 'right', render: (row) => formatCount(row.acts) },
        { heading: 'What it gets', grow: true, render: (row) => row.policy ?? row.template ?? (row.group === 'holdout' ? 'nothing of the campaign' : firstStep?.kind ?? 'what it has') },
      ]}
    /></Titled>
  );
}

/** Days that are told one by one. */
const daysMax = 14;

function FirstDays({ preview: { firstStep } }: { preview: CampaignPreview }) {
  if (!firstStep || firstStep.days.length < 2) return null;
  const rows = firstStep.days.slice(0, daysMax);
  return (
    <Titled title="When the first step is taken"><PlainTable
      label="When the first step is taken" rows={rows} rowKey={(row) => row.on}
      columns={[{ heading: 'Day', render: (row) => formatDate(row.on) }, { heading: 'Customers', align: 'right', render: (row) => formatCount(row.customers) }]}
    /></Titled>
  );
}

/** Below it a list is lower: nobody scrolls past an empty half of a page. */
const fewRows = 6;

function Customers({ campaign }: { campaign: Campaign }) {
  const { filters, setFilters } = useFilters(filterNames);
  const outcome = oneOf<PreviewOutcome>(outcomes, filters.outcome);
  const query = useMemo(() => ({ outcome: outcome ? [outcome] : undefined }), [outcome]);
  const list = usePreviewedCustomers(campaign, query);
  return (
    <div>
      <Group gap={8} mb="xs" role="search" aria-label="Filter who would join">
        <FilterSelect label="What happens" value={filters.outcome} width={200} options={outcomes.slice(0, 3).map((value) => ({ value, label: words[value] }))} onChange={(next) => setFilters({ outcome: next })} />
        <ExportLink list={`/campaigns/${campaign.id}/preview/customers`} query={query} />
      </Group>
      <div style={{ height: (list.rows?.length ?? fewRows) < fewRows ? 240 : 420, display: 'flex', flexDirection: 'column' }}>
        <ListTable label="Who would join" list={list} columns={columns} rowId={(row) => String(row.customerId)} empty={<EmptyState title="Nobody" />} />
      </div>
    </div>
  );
}

const columns: ColumnDef<PreviewedCustomer>[] = [
  { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
  { id: 'group', header: 'Group', meta: { from: 1000 }, cell: ({ row: { original } }) => original.group },
  { id: 'open', header: 'Open', meta: { align: 'right' }, cell: ({ row: { original } }) => original.balances.map(({ currency, openMinor }) => <div key={currency}><Money minor={openMinor} currency={currency} /></div>) },
  { id: 'outcome', header: 'What happens', cell: ({ row: { original } }) => <StateBadge state={original.outcome} label={words[original.outcome]} tone={tones[original.outcome]} /> },
  { id: 'at', header: 'When', cell: ({ row: { original } }) => original.at && <Instant iso={original.at} short /> },
  { id: 'why', header: 'Why', meta: { grow: true }, cell: ({ row: { original } }) => original.reason && firstCapital(original.reason) },
];
