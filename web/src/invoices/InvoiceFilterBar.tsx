import { Button, Group, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { businessUnitsQuery } from '../app/settings';
import { CustomerFilter } from '../customers/CustomerFilter';
import { FilterSelect } from '../filters/FilterSelect';
import { SearchBox } from '../filters/SearchBox';
import type { Filters } from '../filters/useFilters';
import { overviewQuery } from '../overview/queries';
import { activePolicyQuery } from '../policy/queries';
import type { InvoiceFilterName } from './InvoicesPage';
import { agingBuckets, invoiceStates } from './states';

interface Props {
  filters: Filters<InvoiceFilterName>;
  activeCount: number;
  setFilters: (patch: Filters<InvoiceFilterName>, options?: { replace?: boolean }) => void;
  clear: () => void;
}

/** Nothing in the URL means what people come for: what is still to be paid. */
const stateChoices = [{ value: '', label: 'Unpaid' }, { value: 'open', label: 'Not due' }, ...(['overdue', 'paid', 'draft', 'void'] as const).map((value) => ({ value, label: invoiceStates[value].label })), { value: 'all', label: 'All' }];

export function InvoiceFilterBar({ filters, activeCount, setFilters, clear }: Props) {
  const { data: overview } = useQuery(overviewQuery);
  const { data: units } = useQuery(businessUnitsQuery);
  const { data: policy } = useQuery(activePolicyQuery);
  const search = useCallback((value: string) => setFilters({ search: value }, { replace: true }), [setFilters]);
  const steps = (policy?.steps ?? []).map((step) => ({ value: step.id, label: step.title }));
  return (
    <Group gap={8} role="search" aria-label="Filter the invoices">
      <SearchBox label="Search number or customer" value={filters.search ?? ''} onChange={search} />
      <SegmentedControl aria-label="State" data={stateChoices} value={filters.state ?? ''} onChange={(state) => setFilters({ state })} />
      <FilterSelect label="Age" value={filters.bucket} options={agingBuckets.map(({ bucket, label }) => ({ value: bucket, label }))} onChange={(bucket) => setFilters({ bucket })} width={130} />
      <CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} width={170} />
      <FilterSelect label="Currency" value={filters.currency} options={(overview?.currencies ?? []).map(({ currency }) => ({ value: currency, label: currency }))} onChange={(currency) => setFilters({ currency })} width={110} />
      {units && units.items.length > 0 && (
        <FilterSelect label="Business unit" value={filters.businessUnit} options={units.items.map(({ code, name }) => ({ value: code, label: name }))} onChange={(businessUnit) => setFilters({ businessUnit })} width={140} />
      )}
      <FilterSelect label="Last step" value={filters.stage} options={steps} onChange={(stage) => setFilters({ stage })} width={160} />
      <FilterSelect label="Next step" value={filters.nextStep} options={steps} onChange={(nextStep) => setFilters({ nextStep })} width={160} />
      {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
    </Group>
  );
}
