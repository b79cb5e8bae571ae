import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet } from 'react-router';
import { ClockControl } from '../clock/ClockControl';
import { NotificationsBell } from '../notifications/NotificationsBell';
import { UserMenu } from '../session/UserMenu';
import { Brand } from './Brand';
import { Navigation } from './Navigation';
import { SchemeToggle } from './SchemeToggle';
import { Shortcuts } from './Shortcuts';
import classes from './Shell.module.css';

export function Shell() {
  const [navOpened, nav] = useDisclosure(false);
  return (
    <AppShell header={{ height: 48 }} navbar={{ width: 196, breakpoint: 'md', collapsed: { mobile: !navOpened } }} padding={0}>
      <a href="#content" className="skip-link">Skip to the content</a>
      <AppShell.Header className={classes.header}>
        <Group gap="xs" wrap="nowrap">
          <Burger opened={navOpened} onClick={nav.toggle} hiddenFrom="md" size="sm" aria-label={navOpened ? 'Close the menu' : 'Open the menu'} />
          <Brand />
        </Group>
        <Group gap={6} wrap="nowrap" miw={0}>
          <ClockControl />
          <NotificationsBell />
          <SchemeToggle />
          <UserMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label="Main"><Navigation onLeave={nav.close} /></AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}><Outlet /></AppShell.Main>
      <Shortcuts />
    </AppShell>
  );
}
