import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconTrash, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Page } from '../../app/Page';
import { Section } from '../../app/Section';
import { StateBadge } from '../../app/StateBadge';
import { ConfirmModal } from '../../feedback/ConfirmModal';
import { EmptyState } from '../../feedback/EmptyState';
import { ErrorState } from '../../feedback/ErrorState';
import { Loaded } from '../../feedback/Loaded';
import { oneOf } from '../../filters/oneOf';
import { useFilters } from '../../filters/useFilters';
import { plural } from '../../format/money';
import { useMay } from '../../session/useMay';
import classes from './DraftPage.module.css';
import { DraftDifferences } from './DifferencesList';
import { DraftErrors } from './DraftErrors';
import { LadderForm } from './LadderForm';
import { PreviewPanel } from './PreviewPanel';
import { PublishDraftModal } from './PublishDraftModal';
import { draftQuery, useDiscardDraft, type PolicyDraft } from './queries';
import { SourcePane } from './SourcePane';
import { useDraft } from './useDraft';

export function Component() {
  const id = Number(useParams().draftId);
  const draft = useQuery(draftQuery(id));
  return (
    <Loaded query={draft} lines={12}>
      {(loaded) => (loaded.state === 'open' ? <Editor key={loaded.id} loaded={loaded} /> : (
        <Page title={`Draft of ${loaded.name}`} back={{ to: '/policy?tab=drafts', label: 'Drafts' }}>
          <EmptyState title={`This draft was ${loaded.state}`}>Begin another from a published version to change the policy further.</EmptyState>
        </Page>
      ))}
    </Loaded>
  );
}

const filterNames = ['view'] as const;
const views = ['edit', 'differences', 'preview'] as const;

function Editor({ loaded }: { loaded: PolicyDraft }) {
  const draft = useDraft(loaded);
  const { filters, setFilters } = useFilters(filterNames);
  const may = useMay();
  const mayEdit = may('publish-policy');
  const asked = oneOf(views, filters.view) ?? 'edit';
  const view = asked === 'preview' && !mayEdit ? 'edit' : asked;
  const [asking, setAsking] = useState<'publish' | 'discard' | null>(null);
  const { checked, settled } = draft;
  const ready = settled && checked.valid;
  return (
    <Page
      title={`Draft of ${checked.name}${checked.version === null ? '' : `, version ${checked.version}`}`} back={{ to: '/policy?tab=drafts', label: 'Drafts' }}
      beside={<StateBadge state={!settled ? 'saving' : checked.valid ? 'valid' : 'has errors'} tone={!settled ? 'neutral' : checked.valid ? 'good' : 'bad'} label={settled && !checked.valid ? plural(checked.errors.length, 'error') : undefined} />}
      actions={<>
        {may('simulate-policy') && <Button variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setAsking('discard')}>Discard</Button>}
        {mayEdit && <Button leftSection={<IconUpload size={14} aria-hidden />} disabled={!ready} onClick={() => setAsking('publish')}>Publish</Button>}
      </>}
    >
      <SegmentedControl
        aria-label="View" mb="sm" value={view} onChange={(next) => setFilters({ view: next === 'edit' ? undefined : next })}
        data={[{ value: 'edit', label: mayEdit ? 'Edit' : 'Text' }, { value: 'differences', label: `Differences (${checked.differences.length})` }, ...(mayEdit ? [{ value: 'preview', label: 'Preview' }] : [])]}
      />
      {draft.error ? <ErrorState error={draft.error} retry={draft.retry} /> : null}
      {view === 'edit' && !mayEdit && <SourcePane text={draft.text} edit={null} />}
      {view === 'edit' && mayEdit && (
        <div className={classes.columns}>
          <div className={classes.column}>
            {settled && <DraftErrors errors={checked.errors} />}
            <LadderForm text={draft.text} edit={draft.edit} errors={settled ? checked.errors : []} />
          </div>
          <SourcePane text={draft.text} edit={draft.edit} />
        </div>
      )}
      {view === 'differences' && (
        <Section title="Differences" beside={<Text size="xs" c="dimmed">from the version that it was made from</Text>}><DraftDifferences draft={checked} /></Section>
      )}
      {view === 'preview' && (ready
        ? <PreviewPanel key={draft.text} source={draft.text} baseVersionId={checked.baseVersionId} inAddress />
        : <EmptyState title="Nothing to preview yet">{settled ? 'Put the errors right first.' : 'It is being saved and checked.'}</EmptyState>)}
      {asking === 'publish' && <PublishDraftModal draft={checked} onClose={() => setAsking(null)} />}
      {asking === 'discard' && <Discard draft={checked} onClose={() => setAsking(null)} />}
    </Page>
  );
}

function Discard({ draft, onClose }: { draft: PolicyDraft; onClose: () => void }) {
  const discard = useDiscardDraft(draft.id);
  const navigate = useNavigate();
  return (
    <ConfirmModal opened danger title="Discard this draft" confirmLabel="Discard" pending={discard.pending} error={discard.error} onConfirm={() => discard.run(undefined, () => void navigate('/policy?tab=drafts'))} onClose={onClose}>
      <Group><Text size="sm">What it says is kept in the audit trail; nobody can go on with it.</Text></Group>
    </ConfirmModal>
  );
}
