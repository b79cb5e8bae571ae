import { Group } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { CustomerFilter, customerIdOf } from '../customers/CustomerFilter';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { useMembers, type Campaign, type CampaignMember, type MemberState } from './queries';

const filterNames = ['members', 'customerId'] as const;
const states: readonly MemberState[] = ['active', 'stopped', 'done', 'held-out'];
const words: Readonly<Record<MemberState, string>> = { active: 'Under way', stopped: 'Left alone', done: 'Through all steps', 'held-out': 'Held out' };
const tones = { active: 'active', stopped: 'good', done: 'neutral', 'held-out': 'neutral' } as const;
const reasons: Readonly<Record<string, string>> = {
  paid: 'has paid', promised: 'has promised', disputed: 'has disputed', replied: 'has replied', 'nothing-open': 'nothing is open that may be asked for', unreachable: 'no address reaches it', 'no-contact-possible': 'could not be written to for a month',
};

export function MembersSection({ campaign, run }: { campaign: Campaign; run: Campaign['runs'][number] }) {
  const runId = run.id;
  const { filters, setFilters } = useFilters(filterNames);
  const state = oneOf<MemberState>(states, filters.members);
  const customerId = customerIdOf(filters.customerId);
  const query = useMemo(() => ({ runId, state: state ? [state] : undefined, customerId }), [runId, state, customerId]);
  const list = useMembers(campaign.id, query, run.members);
  const columns = useMemo(() => memberColumns(campaign), [campaign]);
  return (
    <Section title="Who is in it" actions={<Group gap={8} role="search" aria-label="Filter who is in it"><FilterSelect label="How far" value={filters.members} width={180} options={states.map((value) => ({ value, label: words[value] }))} onChange={(next) => setFilters({ members: next })} /><CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} /><ExportLink list={`/campaigns/${campaign.id}/members`} query={query} /></Group>}>
      <div style={{ height: 420, display: 'flex', flexDirection: 'column' }}>
        <ListTable label="Who is in it" list={list} columns={columns} rowId={(row) => String(row.customerId)} empty={<EmptyState title="Nobody" />} />
      </div>
    </Section>
  );
}

function memberColumns({ document }: Campaign): ColumnDef<CampaignMember>[] {
  return [
    { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
    { id: 'group', header: 'Group', cell: ({ row: { original } }) => original.group },
    { id: 'state', header: 'How far', cell: ({ row: { original } }) => <StateBadge state={original.state} label={words[original.state]} tone={tones[original.state]} /> },
    { id: 'next', header: 'Next step', cell: ({ row: { original } }) => original.nextAt && <>{document.steps[original.step]?.id} <Instant iso={original.nextAt} short /></> },
    { id: 'why', header: 'Why', meta: { grow: true }, cell: ({ row: { original } }) => original.reason && (reasons[original.reason] ?? original.reason) },
  ];
}
