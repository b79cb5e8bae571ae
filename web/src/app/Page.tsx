import { Anchor, Group, Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import classes from './Page.module.css';

interface Props {
  title: string;
  /** Shown beside the title: a state, a count. */
  beside?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
  /** The page is one list that fills the window and scrolls by itself. */
  fill?: boolean;
  children: ReactNode;
}

/** The frame of every page: its title in the tab and on top, and the focus there when one arrives. */
export function Page({ title, beside, actions, back, fill, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  const arrivedAt = useRef('');
  useEffect(() => {
    if (arrivedAt.current === pathname) return;
    arrivedAt.current = pathname;
    heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <div className={fill ? classes.fill : classes.page}>
      <title>{`${title} · Dunwell`}</title>
      {back && <Anchor component={Link} to={back.to} size="xs" className={classes.back}><IconChevronLeft size={12} aria-hidden />{back.label}</Anchor>}
      <Group justify="space-between" gap="sm" className={classes.head}>
        <Group gap="sm">
          <Title order={1} ref={heading} tabIndex={-1}>{title}</Title>
          {beside}
        </Group>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </div>
  );
}
