import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { roleNames } from '../session/may';
import { peopleQuery } from '../tasks/queries';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { AddUserModal } from './AddUserModal';
import { EditUserModal } from './EditUserModal';
import { useUsers, type User } from './queries';

type Role = User['role'];
const filterNames = ['search', 'role', 'state'] as const;
const roles = Object.keys(roleNames) as Role[];

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({ search: filters.search, role: oneOf<Role>(roles, filters.role), state: oneOf(['active', 'off'] as const, filters.state) }), [filters]);
  const list = useUsers(query);
  const [adding, setAdding] = useState(false);
  const [editing, setEditing] = useState<User | null>(null);
  const { data: people } = useQuery(peopleQuery);
  const columns = useMemo(() => userColumns(setEditing, people && new Map(people.items.map(({ id, name }) => [id, name]))), [people]);
  return (
    <Page title="Users" fill actions={<Button leftSection={<IconUserPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>Add user</Button>}>
      <Group gap={8} role="search" aria-label="Filter the users">
        <SearchBox label="Name or email" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
        <FilterSelect label="Role" value={filters.role} options={roles.map((value) => ({ value, label: roleNames[value] }))} onChange={(role) => setFilters({ role })} />
        <FilterSelect label="State" value={filters.state} options={[{ value: 'active', label: 'Active' }, { value: 'off', label: 'Switched off' }]} onChange={(state) => setFilters({ state })} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/users" query={query} />
      </Group>
      <ListTable label="Users" keys list={list} columns={columns} rowId={(row) => String(row.id)} empty={<EmptyState title="Nobody is like that" action={<Button variant="default" onClick={clear}>Show all</Button>} />} />
      {adding && <AddUserModal onClose={() => setAdding(false)} />}
      {editing && <EditUserModal user={editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

function userColumns(onEdit: (user: User) => void, names: ReadonlyMap<number, string> | undefined): ColumnDef<User>[] {
  return [
    { id: 'name', header: 'Name', cell: ({ row: { original } }) => <Anchor component="button" type="button" size="sm" fw={500} onClick={() => onEdit(original)}>{original.name}</Anchor> },
    { id: 'email', header: 'Email', cell: ({ row: { original } }) => original.email },
    { id: 'role', header: 'Role', cell: ({ row: { original } }) => roleNames[original.role] },
    { id: 'manager', header: 'Manager', meta: { from: 1200 }, cell: ({ row: { original: { managerId } } }) => (managerId === null ? <Text span c="dimmed">–</Text> : names && (names.get(managerId) ?? 'Somebody who has left')) },
    { id: 'active', header: 'State', cell: ({ row: { original } }) => <Group gap={4} wrap="nowrap">{original.active ? <StateBadge state="active" tone="good" /> : <StateBadge state="switched off" tone="neutral" />}{original.mailRefused && <StateBadge state="no email" tone="bad" />}</Group> },
    { id: 'seen', header: 'Last sign-in', cell: ({ row: { original } }) => (original.lastSignInAt ? <Instant iso={original.lastSignInAt} short /> : <Text span c="dimmed">Never</Text>) },
    { id: 'since', header: 'Added', meta: { from: 1000 }, cell: ({ row: { original } }) => <Instant iso={original.createdAt} short /> },
  ];
}
