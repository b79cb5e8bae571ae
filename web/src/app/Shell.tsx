import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useLocation, useMatches } from 'react-router';
import { ClockControl } from '../clock/ClockControl';
import { NotificationsBell } from '../notifications/NotificationsBell';
import { mayDo, type Capability } from '../session/may';
import { UserMenu } from '../session/UserMenu';
import { useRole } from '../session/useMay';
import { Brand } from './Brand';
import { destinations } from './destinations';
import { ForbiddenPage } from './ForbiddenPage';
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
      <AppShell.Main id="content" tabIndex={-1}><Allowed /></AppShell.Main>
      <Shortcuts />
    </AppShell>
  );
}

/** A page by its address is for whom the menu or the button that leads to it is shown. */
function Allowed() {
  const { pathname } = useLocation();
  const role = useRole();
  const handles = useMatches().map(({ handle }) => handle as { needs?: Capability } | undefined);
  const needs = destinations.find(({ to }) => to === pathname)?.needs ?? handles.find((handle) => handle?.needs)?.needs;
  return needs && !mayDo(role, needs) ? <ForbiddenPage role={role} /> : <Outlet />;
}
