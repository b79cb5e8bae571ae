import { Group, Paper, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, beside, actions, children }: Props) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} style={{ minWidth: 0 }}>
      <Group justify="space-between" gap="xs" mb={8} mih={26}>
        <Group gap="xs"><Title order={2} id={id}>{title}</Title>{beside}</Group>
        {actions && <Group gap={6} maw="100%">{actions}</Group>}
      </Group>
      {children}
    </Paper>
  );
}
