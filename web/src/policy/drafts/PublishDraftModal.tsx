import { Button, Group, Modal, ScrollArea, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ErrorState } from '../../feedback/ErrorState';
import { notifyDone } from '../../feedback/notify';
import { policyQuery } from '../queries';
import { DifferencesList } from './DifferencesList';
import { PreviewPanel } from './PreviewPanel';
import { usePublishDraft, type PolicyDraft, type UnderWay } from './queries';
import { isComplete, staysForm, UnderWayFields, underWayOf, type UnderWayForm } from './UnderWayFields';

interface Props {
  draft: PolicyDraft;
  /** It is put off. */
  onClose: () => void;
  onPublished?: () => void;
}

/** The last question before a draft becomes a version: what it changes, and what happens to invoices under way, with its figures first. */
export function PublishDraftModal({ draft, onClose, onPublished }: Props) {
  const [activate, setActivate] = useState(true);
  const [form, setForm] = useState<UnderWayForm>(staysForm);
  const [previewed, setPreviewed] = useState<UnderWay | null>(null);
  const base = useQuery({ ...policyQuery(draft.baseVersionId ?? 0), enabled: draft.baseVersionId !== null });
  const publish = usePublishDraft(draft.id);
  const navigate = useNavigate();
  const change = (next: UnderWayForm) => {
    setForm(next);
    setPreviewed(null);
  };
  const confirm = () => publish.run({ rowVersion: draft.rowVersion, activate, underWay: underWayOf(form) }, ({ version, migration }) => {
    notifyDone(`${version.policy} version ${version.version} is published.`);
    onPublished?.();
    void navigate(migration ? `/policy?tab=migrations&migration=${migration.id}` : `/policy?version=${version.id}`);
  });
  return (
    <Modal opened onClose={onClose} title={`Publish ${draft.name}, version ${draft.version ?? '?'}`} size="min(1000px, 94vw)" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <Text size="sm">A published version never changes. Invoices that are assigned to this policy come under it from now on.</Text>
        <Switch label="So do new invoices to which nothing else is assigned" checked={activate} onChange={(event) => setActivate(event.currentTarget.checked)} />
        <div>
          <Text size="sm" fw={500}>What changes{base.data && ` from ${base.data.policy}, version ${base.data.version}`}</Text>
          <ScrollArea.Autosize mah={180} type="auto" viewportProps={{ role: 'region', tabIndex: 0, 'aria-label': 'What changes' }}><DifferencesList draft={draft} /></ScrollArea.Autosize>
        </div>
        <UnderWayFields form={form} onChange={change} from={base.data?.steps} to={draft.steps} />
        {form.choice !== 'stay' && previewed === null && (
          <Group><Button variant="default" disabled={!isComplete(form)} onClick={() => setPreviewed(underWayOf(form))}>Show what would be repeated or passed over</Button></Group>
        )}
        {previewed && <PreviewPanel source={draft.source} baseVersionId={draft.baseVersionId} underWay={previewed} />}
        {publish.error ? <ErrorState error={publish.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button disabled={!isComplete(form) || (form.choice !== 'stay' && previewed === null)} loading={publish.pending} onClick={confirm}>Publish</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
