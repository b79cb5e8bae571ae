import { Anchor, Button, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { CustomerFilter } from '../customers/CustomerFilter';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { idIn } from '../filters/idIn';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { sentence } from '../format/words';
import { InvoiceSelect } from '../invoices/InvoiceSelect';
import { actionName, actionNames, outcomeTones } from '../invoices/states';
import { activePolicyQuery, policyQuery, useStepTitle } from '../policy/queries';
import { VersionSelect } from '../policy/VersionSelect';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { DecisionReason } from './DecisionReason';
import { useDecisions, type Decision, type DecisionFilters, type Outcome } from './queries';

const filterNames = ['customerId', 'invoiceId', 'version', 'step', 'action', 'outcome', 'from', 'to'] as const;
const outcomes = Object.keys(outcomeTones) as Outcome[];

/** Everything that was decided and why, also what was not done: for whoever asks what collection does, beyond one invoice. */
export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const policyVersionId = idIn(filters.version);
  const query = useMemo((): DecisionFilters => {
    const outcome = oneOf(outcomes, filters.outcome);
    return { customerId: idIn(filters.customerId), invoiceId: idIn(filters.invoiceId), policyVersionId, step: filters.step, action: filters.action, outcome: outcome && [outcome], from: filters.from, to: filters.to };
  }, [filters, policyVersionId]);
  const list = useDecisions(query);
  const steps = useSteps(policyVersionId);
  const stepTitle = useStepTitle();
  const columns = useMemo(() => decisionColumns((step) => steps.find(({ value }) => value === step)?.label ?? stepTitle(step)), [steps, stepTitle]);
  return (
    <Page title="Decisions" fill>
      <Group gap={8} role="search" aria-label="Filter the decisions">
        <CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} />
        <InvoiceSelect value={query.invoiceId ?? null} onChange={(id) => setFilters({ invoiceId: id === null ? undefined : String(id) })} width={180} />
        <FilterSelect label="Step" value={filters.step} options={steps} onChange={(step) => setFilters({ step })} width={170} />
        <FilterSelect label="Action" value={filters.action} options={Object.entries(actionNames).map(([value, label]) => ({ value, label }))} onChange={(action) => setFilters({ action })} />
        <FilterSelect label="Outcome" value={filters.outcome} options={outcomes.map((value) => ({ value, label: sentence(value) }))} onChange={(outcome) => setFilters({ outcome })} width={130} />
        <VersionSelect label="Policy version" value={filters.version} onChange={(version) => setFilters({ version, step: undefined })} />
        <Group gap={8} wrap="nowrap">
          <TextInput type="date" aria-label="Decided from" title="Decided from" value={filters.from ?? ''} onChange={(event) => setFilters({ from: event.currentTarget.value }, { replace: true })} />
          <TextInput type="date" aria-label="Decided until" title="Decided until" value={filters.to ?? ''} onChange={(event) => setFilters({ to: event.currentTarget.value }, { replace: true })} />
        </Group>
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/decisions" query={{ ...query }} />
      </Group>
      <ListTable
        label="Decisions" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={activeCount > 0
          ? <EmptyState title="No decision is like that" action={<Button variant="default" onClick={clear}>Clear the filters</Button>} />
          : <EmptyState title="Nothing has been decided yet">The first decision comes with the first step of an invoice. What was not done is listed here too, with the reason.</EmptyState>}
      />
    </Page>
  );
}

/** The steps that can be asked for: those of the version that is chosen, or of the policy that new invoices are collected under. */
function useSteps(versionId: number | undefined): { value: string; label: string }[] {
  const active = useQuery({ ...activePolicyQuery, enabled: versionId === undefined });
  const chosen = useQuery({ ...policyQuery(versionId ?? 0), enabled: versionId !== undefined });
  const found = versionId === undefined ? active.data : chosen.data;
  return useMemo(() => (found?.steps ?? []).map(({ id, title }) => ({ value: id, label: title })), [found]);
}

function decisionColumns(stepTitle: (step: string) => string): ColumnDef<Decision>[] {
  return [
    { id: 'at', header: 'When', cell: ({ row: { original } }) => <Instant iso={original.at} short /> },
    { id: 'invoice', header: 'Invoice', cell: ({ row: { original } }) => <Anchor component={Link} size="sm" fw={500} to={`/invoices/${original.invoiceId}`}>{original.invoiceNumber}</Anchor> },
    { id: 'customer', header: 'Customer', meta: { from: 1000 }, cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
    { id: 'outcome', header: 'Outcome', cell: ({ row: { original } }) => <StateBadge state={original.outcome} tone={outcomeTones[original.outcome]} /> },
    { id: 'step', header: 'Step', meta: { from: 1000 }, cell: ({ row: { original } }) => stepTitle(original.step) },
    { id: 'action', header: 'Action', cell: ({ row: { original } }) => (original.messageId ? <Anchor component={Link} size="sm" to={`/messages/${original.messageId}`}>{actionName(original.action)}</Anchor> : actionName(original.action)) },
    { id: 'reason', header: 'Reason', meta: { grow: true }, cell: ({ row: { original } }) => <DecisionReason decision={original} /> },
    { id: 'open', header: 'Open then', meta: { align: 'right', from: 1200 }, cell: ({ row: { original } }) => <Money minor={original.openMinor} currency={original.currency} /> },
    { id: 'version', header: 'Policy version', meta: { from: 1640 }, cell: ({ row: { original } }) => original.policyVersion },
  ];
}
