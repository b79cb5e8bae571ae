import { Button, Group, TextInput } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { CustomerFilter, customerIdOf } from '../customers/CustomerFilter';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { promiseStates, usePromises, type PromiseState, type PromiseToPay } from './queries';
import { WithdrawModal } from './WithdrawModal';

const filterNames = ['state', 'customerId', 'from', 'to'] as const;
const states = Object.keys(promiseStates) as PromiseState[];

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const may = useMay();
  const [withdrawing, setWithdrawing] = useState<PromiseToPay | null>(null);
  const state = oneOf<PromiseState>(states, filters.state);
  const { from, to } = filters;
  const customerId = customerIdOf(filters.customerId);
  const query = useMemo(() => ({ state: state && [state], customerId, from, to }), [state, customerId, from, to]);
  const list = usePromises(query);
  const columns = useMemo(() => promiseColumns(may('control-collection') ? setWithdrawing : null), [may]);
  return (
    <Page title="Promises" fill>
      <Group gap={8} role="search" aria-label="Filter the promises">
        <FilterSelect label="State" value={filters.state} options={states.map((value) => ({ value, label: promiseStates[value].label }))} onChange={(value) => setFilters({ state: value })} />
        <CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} />
        <TextInput type="date" aria-label="Pays from" title="Pays from" value={from ?? ''} onChange={(event) => setFilters({ from: event.currentTarget.value }, { replace: true })} />
        <TextInput type="date" aria-label="Pays by" title="Pays by" value={to ?? ''} onChange={(event) => setFilters({ to: event.currentTarget.value }, { replace: true })} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/promises" query={query} />
      </Group>
      <ListTable
        label="Promises" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={<EmptyState title={activeCount > 0 ? 'No promise is like that' : 'No promises'}>Record a promise on an invoice’s page: what is promised is not asked for until the end of that day.</EmptyState>}
      />
      {withdrawing && <WithdrawModal promise={withdrawing} onClose={() => setWithdrawing(null)} />}
    </Page>
  );
}

function promiseColumns(onWithdraw: ((promise: PromiseToPay) => void) | null): ColumnDef<PromiseToPay>[] {
  return [
    { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link to={`/customers/${original.customerId}`} className="plain">{original.customerName}</Link> },
    { id: 'promisedOn', header: 'Pays by', cell: ({ row: { original } }) => formatDate(original.promisedOn) },
    { id: 'state', header: 'State', cell: ({ row: { original } }) => <StateBadge state={original.state} {...promiseStates[original.state]} /> },
    { id: 'amount', header: 'Promised', meta: { align: 'right' }, cell: ({ row: { original } }) => <Money minor={original.amountMinor} currency={original.currency} /> },
    { id: 'paid', header: 'Paid of it', meta: { align: 'right' }, cell: ({ row: { original } }) => <Money minor={original.paidMinor} currency={original.currency} /> },
    { id: 'invoices', header: 'Invoices', meta: { from: 1000 }, cell: ({ row: { original } }) => original.invoices.map(({ invoiceId, invoiceNumber }, index) => <span key={invoiceId}>{index > 0 && ', '}<Link to={`/invoices/${invoiceId}`} className="plain">{invoiceNumber}</Link></span>) },
    { id: 'made', header: 'Made', meta: { from: 1200 }, cell: ({ row: { original } }) => <Instant iso={original.madeAt} short /> },
    ...(onWithdraw ? [{ id: 'do', header: 'Do', meta: { pinned: true }, cell: ({ row: { original } }: { row: { original: PromiseToPay } }) => original.state === 'pending' && <Button size="compact-xs" variant="light" aria-label={`Withdraw the promise of ${original.customerName}`} onClick={() => onWithdraw(original)}>Withdraw</Button> }] : []),
  ];
}
