import { ActionIcon, Indicator, Popover, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { Instant } from '../format/Instant';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import classes from './NotificationsBell.module.css';
import { unreadQuery, useMarkRead, type Notification } from './queries';

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
      <Popover.Dropdown p={0} aria-label="Notifications">
        <Loaded query={unread} lines={3}>
          {({ items }) => items.length === 0
            ? <EmptyState title="Nothing new">Steps of the policy that notify people show up here.</EmptyState>
            : <ScrollArea.Autosize mah={420}><ul className={classes.list}>{items.map((each) => <Entry key={each.id} notification={each} onLeave={close} />)}</ul></ScrollArea.Autosize>}
        </Loaded>
      </Popover.Dropdown>
    </Popover>
  );
}

function Entry({ notification, onLeave }: { notification: Notification; onLeave: () => void }) {
  const markRead = useMarkRead();
  const may = useMay();
  const { id, title, audience, at, invoiceId, customerId, customerName } = notification;
  const to = invoiceId ? `/invoices/${invoiceId}` : customerId ? `/customers/${customerId}` : null;
  return (
    <li className={classes.entry}>
      <div>
        {to ? <Link to={to} onClick={onLeave} className={classes.title}>{title}</Link> : <span className={classes.title}>{title}</span>}
        <div className={classes.meta}>{customerName ? `${customerName} · ` : ''}{sentence(audience)} · <Instant iso={at} short /></div>
      </div>
      {may('work-tasks') && <ActionIcon size="sm" aria-label={`Mark as read: ${title}`} onClick={() => markRead.run(id)} loading={markRead.pending}><IconCheck size={14} aria-hidden /></ActionIcon>}
    </li>
  );
}
