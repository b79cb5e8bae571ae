import { Button, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { useMay } from '../session/useMay';
import { CampaignBadge } from './CampaignBadge';
import { ExperimentSection } from './ExperimentSection';
import { FunnelSection } from './FunnelSection';
import { MembersSection } from './MembersSection';
import { MoneySection } from './MoneySection';
import { campaignQuery, previewQuery, resultsQuery, useMoveCampaign, type Campaign, type CampaignMove } from './queries';
import { PreviewSection } from './PreviewSection';
import { PreviewSummary } from './PreviewSummary';
import { StepsSection } from './StepsSection';

const filterNames = ['run'] as const;

export function Component() {
  const id = Number(useParams().campaignId);
  const campaign = useQuery(campaignQuery(id));
  return (
    <Page
      title={campaign.data?.document.title ?? 'Campaign'} back={{ to: '/campaigns', label: 'Campaigns' }} beside={campaign.data && <CampaignBadge campaign={campaign.data} />}
      actions={campaign.data && <Actions campaign={campaign.data} />}
    >
      <Loaded query={campaign}>{(loaded) => <Body campaign={loaded} />}</Loaded>
    </Page>
  );
}

function Body({ campaign }: { campaign: Campaign }) {
  const { filters, setFilters } = useFilters(filterNames);
  const run = campaign.runs.find((each) => String(each.id) === filters.run) ?? campaign.runs[0];
  return (
    <>
      <Text size="sm">{campaign.audience}.{campaign.nextRunAt && <> Next run: <Instant iso={campaign.nextRunAt} />.</>}</Text>
      {campaign.runs.length > 1 && run && <NativeSelect
        aria-label="Run" w={240} value={String(run.id)} data={campaign.runs.map((each) => ({ value: String(each.id), label: `Run ${each.run}, ${each.startedAt.slice(0, 10)}` }))}
        onChange={(event) => setFilters({ run: event.currentTarget.value })}
      />}
      {run?.problem && <Text size="sm" c="red" role="alert">It stumbles and tries again: {run.problem}</Text>}
      {campaign.state === 'draft' && <PreviewSection campaign={campaign} />}
      {run ? <Results campaign={campaign} runId={run.id} /> : <Section title="Results"><EmptyState title="It has not begun">Results are here from the first customer on.</EmptyState></Section>}
      <StepsSection campaign={campaign} />
      {run && <MembersSection campaign={campaign} run={run} />}
    </>
  );
}

function Results({ campaign, runId }: { campaign: Campaign; runId: number }) {
  const results = useQuery(resultsQuery(campaign.id, runId));
  return (
    <Loaded query={results} lines={6}>
      {(loaded) => (
        <>
          <FunnelSection results={loaded} />
          <MoneySection results={loaded} />
          {campaign.document.experiment && <ExperimentSection results={loaded} campaign={campaign} horizonDays={campaign.document.experiment.horizonDays} />}
        </>
      )}
    </Loaded>
  );
}

const asks: Readonly<Record<CampaignMove, { title: string; label: string; text: string }>> = {
  launch: { title: 'Launch the campaign', label: 'Launch', text: 'From here on it cannot be changed. Customers are written to as soon as its time comes and their send window is open.' },
  pause: { title: 'Pause the campaign', label: 'Pause', text: 'Nothing more is queued until it is resumed. What is queued already leaves.' },
  resume: { title: 'Resume the campaign', label: 'Resume', text: 'Steps that came due meanwhile are taken now, for those who have not answered.' },
  stop: { title: 'Stop the campaign for good', label: 'Stop for good', text: 'It begins no further step and no further run. It cannot be started again.' },
};

function Actions({ campaign }: { campaign: Campaign }) {
  const may = useMay();
  const [asked, setAsked] = useState<CampaignMove | null>(null);
  const move = useMoveCampaign();
  if (!may('run-campaigns')) return null;
  const run = campaign.runs[0];
  return (
    <>
      {campaign.state === 'draft' && <><Button component={Link} variant="default" to={`/campaigns/${campaign.id}/edit`}>Edit</Button><Button onClick={() => setAsked('launch')}>Launch</Button></>}
      {run?.state === 'running' && <Button variant="default" onClick={() => setAsked('pause')}>Pause</Button>}
      {run?.state === 'paused' && <Button onClick={() => setAsked('resume')}>Resume</Button>}
      {campaign.state === 'launched' && <Button variant="default" onClick={() => setAsked('stop')}>Stop</Button>}
      {asked && <ConfirmModal
        opened title={asks[asked].title} confirmLabel={asks[asked].label} danger={asked === 'stop'} pending={move.pending} error={move.error} onClose={() => setAsked(null)}
        onConfirm={() => move.run({ id: campaign.id, move: asked }, () => setAsked(null))}
        size={asked === 'launch' ? 'xl' : undefined}
      ><Text size="sm">{asks[asked].text}</Text>{asked === 'launch' && <LaunchPreview campaign={campaign} />}</ConfirmModal>}
    </>
  );
}

/** Whom the launch is about, beside the question. Nobody has to wait for it. */
function LaunchPreview({ campaign }: { campaign: Campaign }) {
  const preview = useQuery(previewQuery(campaign));
  return <Loaded query={preview} lines={4}>{(loaded) => <PreviewSummary preview={loaded} />}</Loaded>;
}
