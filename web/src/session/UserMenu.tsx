import { Box, Button, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconKey, IconLogout, IconMail, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { notifyFailed } from '../feedback/notify';
import { ChangePasswordModal } from './ChangePasswordModal';
import { NoticesModal } from './NoticesModal';
import { roleNames } from './may';
import { sessionQuery, useSignOut } from './queries';

export function UserMenu() {
  const { data: me } = useQuery(sessionQuery);
  const signOut = useSignOut(notifyFailed);
  const [changing, change] = useDisclosure(false);
  const [choosing, choose] = useDisclosure(false);
  const user = me?.user;
  if (!user) return null;

  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button aria-label={user.name} variant="subtle" color="gray" c="var(--mantine-color-text)" px={8} rightSection={<IconChevronDown size={14} aria-hidden />} maw={200} styles={{ label: { display: 'block', height: 'auto', lineHeight: 1.5, textOverflow: 'ellipsis' } }}><Box component="span" visibleFrom="xs">{user.name}</Box><Box component="span" hiddenFrom="xs"><IconUser size={16} style={{ verticalAlign: 'middle' }} aria-hidden /></Box></Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Text size="xs" c="dimmed" px="sm" py={4}>{user.email}<br />{roleNames[user.role]}</Text>
          <Menu.Divider />
          <Menu.Item leftSection={<IconMail size={14} aria-hidden />} onClick={choose.open}>Emails to me</Menu.Item>
          <Menu.Item leftSection={<IconKey size={14} aria-hidden />} onClick={change.open}>Change password</Menu.Item>
          <Menu.Item leftSection={<IconLogout size={14} aria-hidden />} onClick={() => signOut.run(undefined)}>Sign out</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {choosing ? <NoticesModal email={user.email} onClose={choose.close} /> : null}
      <ChangePasswordModal opened={changing} onClose={change.close} />
    </>
  );
}
