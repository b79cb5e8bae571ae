import { Anchor, Button, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { Instant } from '../format/Instant';
import { roleNames } from '../session/may';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { AddUserModal } from './AddUserModal';
import { EditUserModal } from './EditUserModal';
import { useUsers, type User } from './queries';

export function Component() {
  const list = useUsers();
  const [adding, setAdding] = useState(false);
  const [editing, setEditing] = useState<User | null>(null);
  const columns = useMemo(() => userColumns(setEditing), []);
  return (
    <Page title="Users" fill actions={<><ExportLink list="/users" /><Button leftSection={<IconUserPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>Add user</Button></>}>
      <ListTable label="Users" keys list={list} columns={columns} rowId={(row) => String(row.id)} empty={null} />
      {adding && <AddUserModal onClose={() => setAdding(false)} />}
      {editing && <EditUserModal user={editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

function userColumns(onEdit: (user: User) => void): ColumnDef<User>[] {
  return [
    { id: 'name', header: 'Name', cell: ({ row: { original } }) => <Anchor component="button" type="button" size="sm" fw={500} onClick={() => onEdit(original)}>{original.name}</Anchor> },
    { id: 'email', header: 'Email', cell: ({ row: { original } }) => original.email },
    { id: 'role', header: 'Role', cell: ({ row: { original } }) => roleNames[original.role] },
    { id: 'active', header: 'State', cell: ({ row: { original } }) => (original.active ? <StateBadge state="active" tone="good" /> : <StateBadge state="switched off" tone="neutral" />) },
    { id: 'seen', header: 'Last sign-in', cell: ({ row: { original } }) => (original.lastSignInAt ? <Instant iso={original.lastSignInAt} short /> : <Text span c="dimmed">Never</Text>) },
    { id: 'since', header: 'Added', meta: { from: 1000 }, cell: ({ row: { original } }) => <Instant iso={original.createdAt} short /> },
  ];
}
