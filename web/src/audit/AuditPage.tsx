import { Alert, Anchor, Button, Group, List, Text, TextInput } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Page } from '../app/Page';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { plural } from '../format/money';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { AuditEntryModal } from './AuditEntryModal';
import { useAudit, useVerifyAudit, type AuditEntry, type AuditVerification } from './queries';

const filterNames = ['action', 'subjectType', 'subjectId', 'from', 'to'] as const;

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const verify = useVerifyAudit();
  const query = useMemo(() => ({
    action: filters.action, subjectType: filters.subjectType, subjectId: filters.subjectId,
    from: startOfLocalDay(filters.from, 0), to: startOfLocalDay(filters.to, 1),
  }), [filters]);
  const list = useAudit(query);
  const columns = useMemo(() => auditColumns(setOpened), []);
  return (
    <Page title="Audit" fill actions={<Button variant="default" leftSection={<IconShieldCheck size={14} aria-hidden />} loading={verify.pending} onClick={() => verify.run()}>Verify the chain</Button>}>
      {verify.error ? <ErrorState error={verify.error} /> : null}
      {verify.output && <Verdict verification={verify.output} onClose={verify.reset} />}
      <Group gap={8} role="search" aria-label="Filter the audit trail">
        <SearchBox label="Action, e.g. payment.recorded" value={filters.action ?? ''} onChange={(action) => setFilters({ action }, { replace: true })} />
        <TextInput aria-label="Kind of subject" placeholder="Kind of subject" value={filters.subjectType ?? ''} onChange={(event) => setFilters({ subjectType: event.currentTarget.value }, { replace: true })} w={150} />
        <TextInput aria-label="Id of the subject" placeholder="Id of the subject" value={filters.subjectId ?? ''} onChange={(event) => setFilters({ subjectId: event.currentTarget.value }, { replace: true })} w={150} />
        <TextInput type="date" aria-label="From" value={filters.from ?? ''} onChange={(event) => setFilters({ from: event.currentTarget.value }, { replace: true })} />
        <TextInput type="date" aria-label="To" value={filters.to ?? ''} onChange={(event) => setFilters({ to: event.currentTarget.value }, { replace: true })} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/audit" query={query} />
      </Group>
      <ListTable
        label="Audit trail" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={activeCount > 0
          ? <EmptyState title="No entry matches" action={<Button variant="default" onClick={clear}>Clear the filters</Button>} />
          : <EmptyState title="Nothing has been recorded yet">Whatever people, API keys and the system change is kept here for good.</EmptyState>}
      />
      {opened && <AuditEntryModal entry={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

/** Filters are days where the person is; the trail keeps wall-clock instants. */
function startOfLocalDay(date: string | undefined, laterDays: number): string | undefined {
  if (!date) return undefined;
  const at = new Date(`${date}T00:00:00`);
  if (Number.isNaN(at.getTime())) return undefined;
  at.setDate(at.getDate() + laterDays);
  return at.toISOString();
}

function auditColumns(onOpen: (entry: AuditEntry) => void): ColumnDef<AuditEntry>[] {
  return [
    { id: 'at', header: 'When', cell: ({ row: { original } }) => <Instant iso={original.at} /> },
    { id: 'action', header: 'Action', cell: ({ row: { original } }) => <Anchor component="button" type="button" size="sm" fw={500} onClick={() => onOpen(original)}>{original.action}</Anchor> },
    { id: 'subject', header: 'Subject', cell: ({ row: { original } }) => <>{original.subjectType} <Text span c="dimmed" size="sm">{original.subjectId}</Text></> },
    { id: 'actor', header: 'Who', cell: ({ row: { original } }) => <>{original.actorName} <Text span c="dimmed" size="xs">{original.actorKind}</Text></> },
    { id: 'hash', header: 'Hash', meta: { from: 1100 }, cell: ({ row: { original } }) => <Text span ff="monospace" size="xs" c="dimmed">{original.hash.slice(0, 12)}</Text> },
  ];
}

function Verdict({ verification, onClose }: { verification: AuditVerification; onClose: () => void }) {
  const { valid, entries, problems } = verification;
  return (
    <Alert color={valid ? 'green' : 'red'} title={valid ? 'The chain is whole' : 'The chain is broken'} withCloseButton closeButtonLabel="Close" onClose={onClose} role="status">
      {valid
        ? <>{plural(entries, 'entry', 'entries')} checked: none was changed and none is missing.</>
        : <List size="sm">{problems.map((each) => <List.Item key={each.id}>Entry {each.id}: {each.problem}</List.Item>)}</List>}
    </Alert>
  );
}
