import { Button, Group, Modal, ScrollArea, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ErrorState } from '../../feedback/ErrorState';
import { policyQuery } from '../queries';
import { PreviewPanel } from './PreviewPanel';
import type { UnderWay } from './queries';
import { isComplete, staysForm, UnderWayFields, underWayOf, type UnderWayForm } from './UnderWayFields';

export interface InForceAnswer {
  /** New invoices to which nothing else is assigned come under it. */
  activate: boolean;
  underWay: UnderWay;
}

interface Props {
  title: string;
  /** What happens, before what is asked. */
  intro: string;
  confirmLabel: string;
  cancelLabel?: string;
  /** The version that it takes the place of. */
  baseVersionId: number | null;
  source: string;
  steps: readonly { id: string; title: string }[];
  /** What it changes, in words. */
  differences: ReactNode;
  /** It is in force for whoever is assigned to it already: the others are all that is left to ask for. */
  alwaysActivates?: boolean;
  pending: boolean;
  error: unknown;
  onConfirm: (answer: InForceAnswer) => void;
  onClose: () => void;
}

/** The last question before a version is in force, be it new or published long ago: what it changes, and what happens to invoices under way, with its figures first. */
export function InForceModal({ title, intro, confirmLabel, cancelLabel = 'Cancel', baseVersionId, source, steps, differences, alwaysActivates = false, pending, error, onConfirm, onClose }: Props) {
  const [activate, setActivate] = useState(true);
  const [form, setForm] = useState<UnderWayForm>(staysForm);
  const [previewed, setPreviewed] = useState<UnderWay | null>(null);
  const base = useQuery({ ...policyQuery(baseVersionId ?? 0), enabled: baseVersionId !== null });
  const change = (next: UnderWayForm) => {
    setForm(next);
    setPreviewed(null);
  };
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} title={title} size="min(1000px, 94vw)" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <Text size="sm">{intro}</Text>
        {!alwaysActivates && <Switch label="So do new invoices to which nothing else is assigned" checked={activate} onChange={(event) => setActivate(event.currentTarget.checked)} />}
        <div>
          <Text size="sm" fw={500}>What changes{base.data && ` from ${base.data.policy}, version ${base.data.version}`}</Text>
          <ScrollArea.Autosize mah={180} type="auto" viewportProps={{ role: 'region', tabIndex: 0, 'aria-label': 'What changes' }}>{differences}</ScrollArea.Autosize>
        </div>
        <UnderWayFields form={form} onChange={change} from={base.data?.steps} to={steps} />
        {form.choice !== 'stay' && previewed === null && (
          <Group><Button variant="default" disabled={!isComplete(form)} onClick={() => setPreviewed(underWayOf(form))}>Show what would be repeated or passed over</Button></Group>
        )}
        {previewed && <PreviewPanel source={source} baseVersionId={baseVersionId} underWay={previewed} />}
        {error ? <ErrorState error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{cancelLabel}</Button>
          <Button disabled={!isComplete(form) || (form.choice !== 'stay' && previewed === null)} loading={pending} onClick={() => onConfirm({ activate, underWay: underWayOf(form) })}>{confirmLabel}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
