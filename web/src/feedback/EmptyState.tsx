import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface Props {
  title: string;
  /** What would fill this place, or what to do. */
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: Props) {
  return (
    <Stack align="center" gap={6} className={classes.empty} ta="center">
      <Text fw={600}>{title}</Text>
      {children && <Text c="dimmed" maw={460}>{children}</Text>}
      {action}
    </Stack>
  );
}
