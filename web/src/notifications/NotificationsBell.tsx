import { ActionIcon, Button, Group, Indicator, Popover, ScrollArea, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell, IconCheck, IconChecks } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { Instant } from '../format/Instant';
import { sentence } from '../format/words';
import classes from './NotificationsBell.module.css';
import { allNotificationsQuery, unreadQuery, useMarkShownRead, useMarkRead, type Notification } from './queries';

export function NotificationsBell() {
  const [opened, { close, toggle }] = useDisclosure(false);
  const unread = useQuery(unreadQuery);
  const count = unread.data?.items.length ?? 0;
  const shown = unread.data?.next ? `${count}+` : String(count);
  return (
    <Popover opened={opened} onChange={(open) => { if (!open) close(); }} position="bottom-end" width={340} trapFocus>
      <Indicator label={shown} size={15} disabled={count === 0} offset={4} color="red">
        <Popover.Target>
          <ActionIcon onClick={toggle} aria-label={count === 0 ? 'Notifications' : `Notifications, ${shown} unread`}><IconBell size={18} aria-hidden /></ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label="Notifications">{opened ? <Notifications onLeave={close} /> : null}</Popover.Dropdown>
    </Popover>
  );
}

function Notifications({ onLeave }: { onLeave: () => void }) {
  const [which, setWhich] = useState('unread');
  const unread = useQuery(unreadQuery);
  const all = useQuery({ ...allNotificationsQuery, enabled: which === 'all' });
  const markShown = useMarkShownRead();
  // Not what came up since it was last looked for, nor what does not fit: nobody has seen that.
  const ids = (unread.data?.items ?? []).map(({ id }) => id);
  return (
    <>
      <Group justify="space-between" px={12} pt={8} wrap="nowrap">
        <SegmentedControl size="xs" aria-label="Which notifications" value={which} onChange={setWhich} data={[{ value: 'unread', label: 'New to me' }, { value: 'all', label: 'All' }]} />
        <Button size="compact-xs" variant="subtle" leftSection={<IconChecks size={14} aria-hidden />} disabled={ids.length === 0} loading={markShown.pending} onClick={() => markShown.run(ids)}>{unread.data?.next ? `Mark these ${ids.length} as read` : 'Mark all as read'}</Button>
      </Group>
      <Loaded query={which === 'all' ? all : unread} lines={3}>
        {({ items }) => items.length === 0
          ? <EmptyState title="Nothing new">What you, your role and your queues are told shows up here.</EmptyState>
          : <ScrollArea.Autosize mah={420}><ul className={classes.list}>{items.map((each) => <Entry key={each.id} notification={each} onLeave={onLeave} />)}</ul></ScrollArea.Autosize>}
      </Loaded>
    </>
  );
}

function Entry({ notification, onLeave }: { notification: Notification; onLeave: () => void }) {
  const markRead = useMarkRead();
  const { id, title, audience, at, invoiceId, customerId, customerName, mine, readAt } = notification;
  const to = invoiceId ? `/invoices/${invoiceId}` : customerId ? `/customers/${customerId}` : null;
  return (
    <li className={classes.entry}>
      <div>
        {to ? <Link to={to} onClick={onLeave} className={classes.title}>{title}</Link> : <span className={classes.title}>{title}</span>}
        <div className={classes.meta}>{customerName ? `${customerName} · ` : ''}{sentence(audience)} · <Instant iso={at} short /></div>
      </div>
      {mine && readAt === null && <ActionIcon size="sm" aria-label={`Mark as read: ${title}`} onClick={() => markRead.run(id)} loading={markRead.pending}><IconCheck size={14} aria-hidden /></ActionIcon>}
    </li>
  );
}
