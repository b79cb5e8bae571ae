import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { ExportLink, type ExportLinkProps } from '../table/ExportLink';

interface Props extends ExportLinkProps {
  /** As in "Filter the templates". */
  label: string;
  activeCount: number;
  clear: () => void;
  children: ReactNode;
}

/** The filters of a list, and the list as a file by the same filters. */
export function FilterBar({ label, activeCount, clear, children, ...file }: Props) {
  return (
    <Group gap={8} mb="xs" role="search" aria-label={label}>
      {children}
      {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
      <ExportLink {...file} />
    </Group>
  );
}
