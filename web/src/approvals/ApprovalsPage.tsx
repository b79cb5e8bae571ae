import { Button, Group, SegmentedControl, Text } from '@mantine/core';
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
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { useMay, useRole } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { AnswerModal } from './AnswerModal';
import { answeredStates, approvalKinds, useApprovals, type Approval, type ApprovalKind } from './queries';

const filterNames = ['show', 'kind', 'customerId'] as const;
const kinds = Object.keys(approvalKinds) as ApprovalKind[];
const tones = { pending: 'warn', approved: 'good', refused: 'bad', withdrawn: 'neutral', 'timed-out': 'neutral' } as const;
interface Asked { approval: Approval; approved: boolean }

export function Component() {
  const { filters, setFilters } = useFilters(filterNames);
  const may = useMay();
  const [asked, setAsked] = useState<Asked | null>(null);
  const answeredOnly = filters.show === 'answered';
  const kind = oneOf<ApprovalKind>(kinds, filters.kind);
  const customerId = customerIdOf(filters.customerId);
  const query = useMemo(() => ({ state: answeredOnly ? [...answeredStates] : undefined, kind, customerId }), [answeredOnly, kind, customerId]);
  const list = useApprovals(query);
  const columns = useMemo(() => approvalColumns(answeredOnly, may('answer-approvals') ? setAsked : null), [answeredOnly, may]);
  return (
    <Page title="Approvals" fill>
      <Group gap={8} role="search" aria-label="Filter the approvals">
        <SegmentedControl aria-label="Which approvals" data={[{ value: '', label: 'Waiting' }, { value: 'answered', label: 'Over' }]} value={answeredOnly ? 'answered' : ''} onChange={(next) => setFilters({ show: next })} />
        <FilterSelect label="Kind" value={filters.kind} options={kinds.map((value) => ({ value, label: approvalKinds[value] }))} onChange={(value) => setFilters({ kind: value })} />
        <CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} />
        <ExportLink list="/approvals" query={query} />
      </Group>
      <ListTable
        label="Approvals" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={<EmptyState title={answeredOnly ? 'Nothing has been answered' : 'Nothing waits for an answer'}>A policy or an automation may ask for approval before a hold or a hand-off, and collectors ask for write-offs. What waits for somebody to agree stands here.</EmptyState>}
      />
      {asked && <AnswerModal approval={asked.approval} approved={asked.approved} onClose={() => setAsked(null)} />}
    </Page>
  );
}

function approvalColumns(answered: boolean, onAnswer: ((asked: Asked) => void) | null): ColumnDef<Approval>[] {
  return [
    { id: 'kind', header: 'What', cell: ({ row: { original } }) => approvalKinds[original.kind] },
    { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link to={`/customers/${original.customerId}`} className="plain">{original.customerName}</Link> },
    { id: 'invoice', header: 'Invoice', cell: ({ row: { original } }) => <Link to={`/invoices/${original.invoiceId}`} className="plain">{original.invoiceNumber}</Link> },
    { id: 'open', header: 'Open', meta: { align: 'right' }, cell: ({ row: { original } }) => <Money minor={original.openMinor} currency={original.currency} /> },
    { id: 'amount', header: 'Asked for', meta: { align: 'right', from: 1000 }, cell: ({ row: { original } }) => <Money minor={original.amountMinor} currency={original.currency} /> },
    { id: 'by', header: 'Asked by', meta: { from: 1000 }, cell: ({ row: { original } }) => <><AskedBy approval={original} /> <Text span size="xs" c="dimmed"><Instant iso={original.requestedAt} short /></Text></> },
    ...(answered ? answerColumns : waitingColumns(onAnswer)),
  ];
}

function AskedBy({ approval: { requestedBy, step, automationId, automationTitle } }: { approval: Approval }) {
  if (automationId !== null) return <>automation, <Link to={`/automations/${automationId}`} className="plain">{automationTitle}</Link></>;
  return requestedBy === 'policy' ? `policy, ${step}` : requestedBy;
}

const answerColumns: ColumnDef<Approval>[] = [
  { id: 'state', header: 'Answer', cell: ({ row: { original } }) => <StateBadge state={original.state} tone={tones[original.state]} /> },
  { id: 'who', header: 'By', meta: { from: 1000 }, cell: ({ row: { original } }) => original.answeredBy && [original.answeredBy, original.answer].filter(Boolean).join(': ') },
  { id: 'outcome', header: 'What came of it', meta: { from: 1300 }, cell: ({ row: { original } }) => original.outcome },
];

function waitingColumns(onAnswer: ((asked: Asked) => void) | null): ColumnDef<Approval>[] {
  return [
    { id: 'due', header: 'Until', cell: ({ row: { original } }) => <>{original.dueAt ? <Instant iso={original.dueAt} short /> : <Text span c="dimmed">no limit</Text>}{original.role === 'admin' && <Text span size="xs" c="dimmed"> administrator</Text>}</> },
    { id: 'reason', header: 'Reason', meta: { from: 1300 }, cell: ({ row: { original } }) => original.reason },
    ...(onAnswer ? [{ id: 'do', header: 'Do', meta: { pinned: true }, cell: ({ row: { original } }: { row: { original: Approval } }) => <Answers approval={original} onAnswer={onAnswer} /> }] : []),
  ];
}

function Answers({ approval, onAnswer }: { approval: Approval; onAnswer: (asked: Asked) => void }) {
  const role = useRole();
  if (approval.role === 'admin' && role !== 'admin') return null;
  const what = `${approvalKinds[approval.kind].toLowerCase()} of ${approval.invoiceNumber}`;
  return (
    <Group gap={4} wrap="nowrap">
      <Button size="compact-xs" variant="light" aria-label={`Approve the ${what}`} onClick={() => onAnswer({ approval, approved: true })}>Approve</Button>
      <Button size="compact-xs" variant="default" aria-label={`Refuse the ${what}`} onClick={() => onAnswer({ approval, approved: false })}>Refuse</Button>
    </Group>
  );
}
