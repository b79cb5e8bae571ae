import { Button, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Page } from '../app/Page';
import { EmptyState } from '../feedback/EmptyState';
import { oneOf } from '../filters/oneOf';
import { useFilters, type Filters } from '../filters/useFilters';
import { plural } from '../format/money';
import { useStepTitle } from '../policy/queries';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { InvoiceFilterBar } from './InvoiceFilterBar';
import { invoiceColumns } from './invoiceColumns';
import { invoiceSorts, useInvoices, type AgingBucket, type InvoiceFilters, type InvoiceState } from './queries';
import { agingBuckets, invoiceStates } from './states';

export const invoiceFilterNames = ['search', 'state', 'bucket', 'customerId', 'currency', 'businessUnit', 'stage', 'nextStep', 'dueFrom', 'dueTo', 'sort'] as const;
export type InvoiceFilterName = (typeof invoiceFilterNames)[number];

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(invoiceFilterNames);
  const query = useMemo(() => toQuery(filters), [filters]);
  const list = useInvoices(query);
  const stepTitle = useStepTitle();
  const columns = useMemo(() => invoiceColumns(stepTitle), [stepTitle]);
  return (
    <Page title="Invoices" fill beside={list.rows && <Text c="dimmed" className="tabular">{list.hasMore ? `${list.rows.length}+` : plural(list.rows.length, 'invoice')}</Text>} actions={<ExportLink list="/invoices" query={{ ...query }} />}>
      <InvoiceFilterBar filters={filters} activeCount={activeCount} setFilters={setFilters} clear={clear} />
      <ListTable
        label="Invoices" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        sort={filters.sort ?? 'dueOn'} onSort={(sort) => setFilters({ sort })}
        empty={activeCount > 0
          ? <EmptyState title="No invoice matches" action={<Button variant="default" onClick={clear}>Clear the filters</Button>}>Take a filter off, or search for a part of the number or of the customer's name.</EmptyState>
          : <EmptyState title="Nothing is unpaid">Choose All to see what was. New invoices come from a CSV file or, over the API, from your ERP.</EmptyState>}
      />
    </Page>
  );
}

const unpaid: InvoiceState[] = ['open', 'overdue'];
const states = Object.keys(invoiceStates) as InvoiceState[];
const buckets = agingBuckets.map(({ bucket }) => bucket);

function toQuery(filters: Filters<InvoiceFilterName>): InvoiceFilters {
  const state = oneOf<InvoiceState>(states, filters.state);
  const bucket = oneOf<AgingBucket>(buckets, filters.bucket);
  const customerId = Number(filters.customerId);
  return {
    search: filters.search,
    state: filters.state === 'all' ? undefined : state ? [state] : unpaid,
    bucket: bucket && [bucket],
    customerId: Number.isSafeInteger(customerId) && customerId > 0 ? customerId : undefined,
    currency: filters.currency?.length === 3 ? filters.currency : undefined,
    businessUnit: filters.businessUnit,
    stage: filters.stage,
    nextStep: filters.nextStep,
    dueFrom: filters.dueFrom,
    dueTo: filters.dueTo,
    sort: oneOf(invoiceSorts, filters.sort),
  };
}
