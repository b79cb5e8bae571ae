import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Section } from '../app/Section';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { formatCount, plural } from '../format/money';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { PlainTable } from '../table/PlainTable';
import { AssignPolicyModal, assigneeKinds } from './AssignPolicyModal';
import { precedenceQuery, useAssignments, useRemoveAssignment, type PolicyAssignment } from './drafts/queries';
import { isComplete, staysForm, UnderWayFields, underWayOf } from './drafts/UnderWayFields';

type Kind = PolicyAssignment['kind'];
const kinds: readonly Kind[] = ['invoice', 'customer', 'segment'];

const filterNames = ['kind', 'search'] as const;

/** Which policy collects whose invoices, in the order in which it is decided. */
export function AssignmentsPanel() {
  const standing = useQuery(precedenceQuery);
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const kind = oneOf(kinds, filters.kind);
  const { search } = filters;
  const query = useMemo(() => ({ kind, search }), [kind, search]);
  const list = useAssignments(query);
  const may = useMay()('publish-policy');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<PolicyAssignment | null>(null);
  const shown = useMemo(() => (may ? [...columns, removal(setRemoving)] : columns), [may]);
  const byDefault = standing.data?.byDefault ?? 'no policy yet';
  return (
    <Stack gap="sm">
      <Section title="Assignments" beside={<Text size="xs" c="dimmed">invoice before customer before segment, by priority, before everybody</Text>} actions={may && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>Assign a policy</Button>}>
        <Group gap={8} mb="xs" role="search" aria-label="Filter the assignments">
          <SearchBox label="Name or number" value={search ?? ''} onChange={(next) => setFilters({ search: next }, { replace: true })} />
          <FilterSelect label="Whose" value={filters.kind} options={kinds.map((value) => ({ value, label: assigneeKinds[value] }))} onChange={(next) => setFilters({ kind: next })} />
          {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
          <ExportLink list="/policy-assignments" query={query} />
        </Group>
        <div style={{ height: 420, display: 'flex', flexDirection: 'column' }}>
          <ListTable
            label="Assignments, the strongest first" list={list} columns={shown} rowId={(row) => String(row.id)}
            empty={activeCount > 0 ? <EmptyState title="No assignment is like that" /> : <EmptyState title="Nothing is assigned">Everybody comes under {byDefault}.</EmptyState>}
          />
        </div>
        {standing.data && <Text size="xs" c="dimmed" mt="xs">Everybody else: {standing.data.byDefault ?? 'no policy is published'}, {standing.data.moreByDefault ? `more than ${plural(standing.data.invoicesByDefault, 'invoice')}` : plural(standing.data.invoicesByDefault, 'invoice')}</Text>}
      </Section>
      <Section title="Changes">
        <Loaded query={standing} lines={2}>
          {({ changes }) => (
            <PlainTable
              label="Changes of assignments" rows={changes} rowKey={(row) => row.id} empty={<EmptyState title="No changes yet" />}
              columns={[
                { heading: 'When', render: (row) => <Instant iso={row.at} /> },
                { heading: 'Whose', render: (row) => `${assigneeKinds[row.kind]} ${row.target}` },
                { heading: 'Change', render: (row) => `${row.policyBefore ?? 'nothing'} → ${row.policyAfter ?? 'nothing'}` },
                { heading: 'Reason', grow: true, render: (row) => row.reason },
                { heading: 'By', render: (row) => row.changedBy },
              ]}
            />
          )}
        </Loaded>
      </Section>
      {adding && <AssignPolicyModal onClose={() => setAdding(false)} />}
      {removing && <RemoveModal assignment={removing} onClose={() => setRemoving(null)} />}
    </Stack>
  );
}

const columns: ColumnDef<PolicyAssignment>[] = [
  { id: 'kind', header: 'Whose', cell: ({ row: { original } }) => assigneeKinds[original.kind] },
  { id: 'target', header: 'Name', meta: { grow: true }, cell: ({ row: { original } }) => original.target },
  { id: 'priority', header: 'Priority', meta: { align: 'right', from: 1000 }, cell: ({ row: { original } }) => original.priority },
  { id: 'policy', header: 'Policy', cell: ({ row: { original } }) => original.version ?? original.policy },
  { id: 'invoices', header: 'Invoices', meta: { align: 'right' }, cell: ({ row: { original } }) => `${original.moreInvoices ? 'over ' : ''}${formatCount(original.invoices)}` },
  { id: 'reason', header: 'Reason', meta: { grow: true }, cell: ({ row: { original } }) => original.reason },
  { id: 'since', header: 'Since', meta: { from: 1200 }, cell: ({ row: { original } }) => <Instant iso={original.assignedAt} /> },
];

function removal(ask: (assignment: PolicyAssignment) => void): ColumnDef<PolicyAssignment> {
  return { id: 'remove', header: '', cell: ({ row: { original } }) => <ActionIcon aria-label={`Take away the assignment of ${original.target}`} onClick={() => ask(original)}><IconTrash size={16} aria-hidden /></ActionIcon> };
}

function RemoveModal({ assignment, onClose }: { assignment: { id: number; target: string }; onClose: () => void }) {
  const remove = useRemoveAssignment();
  const [reason, setReason] = useState('');
  const [underWay, setUnderWay] = useState(staysForm);
  return (
    <ConfirmModal
      opened danger title={`Take away the assignment of ${assignment.target}`} confirmLabel="Take away" pending={remove.pending} error={remove.error} disabled={reason.trim() === '' || !isComplete(underWay)} onClose={onClose}
      onConfirm={() => remove.run({ id: assignment.id, reason: reason.trim(), underWay: underWayOf(underWay) }, onClose)}
    >
      <Text size="sm">What is weaker decides from now on.</Text>
      <TextInput label="Reason" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <UnderWayFields form={underWay} onChange={setUnderWay} />
    </ConfirmModal>
  );
}
