import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { ConditionField } from '../conditions/ConditionField';
import type { ConditionDocument } from '../conditions/document';
import { ErrorState } from '../feedback/ErrorState';
import { LeaveQuestion, useLeaveGuard } from '../feedback/LeaveGuard';
import { Loaded } from '../feedback/Loaded';
import { notifyDone } from '../feedback/notify';
import { useBegunWith } from '../http/useBegunWith';
import { ExperimentEditor } from './ExperimentEditor';
import { campaignQuery, useSaveCampaign, type Campaign, type CampaignDocument } from './queries';
import { SegmentPicker } from '../segments/SegmentPicker';
import { ScheduleEditor } from './ScheduleEditor';
import { StepsEditor } from './StepsEditor';

const blank: CampaignDocument = {
  title: '', audience: { segment: null, when: null, mode: 'frozen' }, schedule: { kind: 'now' },
  steps: [{ id: 'first', afterDays: 0, action: { kind: 'email', template: 'campaign-offer', to: ['billing'] } }], experiment: null,
};

export function Component() {
  const id = useParams().campaignId;
  return id === undefined ? <Editor campaign={null} /> : <Existing id={Number(id)} />;
}

function Existing({ id }: { id: number }) {
  const campaign = useQuery(campaignQuery(id));
  return campaign.data ? <Editor campaign={campaign.data} /> : <Page title="Campaign"><Loaded query={campaign}>{() => null}</Loaded></Page>;
}

function Editor({ campaign }: { campaign: Campaign | null }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const begun = useBegunWith(campaign);
  const initial = begun?.document ?? blank;
  const [document, setDocument] = useState<CampaignDocument>(initial);
  const save = useSaveCampaign(begun);
  const change = (part: Partial<CampaignDocument>): void => setDocument({ ...document, ...part });
  const { audience } = document;
  const guard = useLeaveGuard(name !== '' || document !== initial);
  const submit = () => save.run({ name: name.trim(), document }, (saved) => {
    guard.free();
    notifyDone('The draft is saved.');
    void navigate(`/campaigns/${saved.id}`);
  });
  return (
    <Page
      title={campaign ? `Edit: ${campaign.document.title}` : 'New campaign'} back={campaign ? { to: `/campaigns/${campaign.id}`, label: campaign.document.title } : { to: '/campaigns', label: 'Campaigns' }}
      actions={<Button disabled={document.title.trim() === '' || (campaign === null && name.trim() === '')} loading={save.pending} onClick={submit}>Save the draft</Button>}
    >
      <LeaveQuestion guard={guard} />
      {save.error !== null && <ErrorState error={save.error} />}
      <Section title="What and for whom">
        <Stack gap="sm" maw={960}>
          <Group gap="sm" grow align="start">
            <TextInput label="Title" required value={document.title} onChange={(event) => change({ title: event.currentTarget.value })} />
            {!campaign && <TextInput label="Short name" required description="Small letters, digits and hyphens; it stays" placeholder="year-end" value={name} onChange={(event) => setName(event.currentTarget.value)} />}
          </Group>
          <Group gap="sm" grow align="start">
            <SegmentPicker value={audience.segment ?? null} onChange={(segment) => change({ audience: { ...audience, segment } })} />
            <NativeSelect
              label="Who joins" description="Later, or only at the start" value={audience.mode ?? 'frozen'} data={[{ value: 'frozen', label: 'Those who are in it at the start' }, { value: 'live', label: 'Also who comes to be in it later' }]}
              onChange={(event) => change({ audience: { ...audience, mode: event.currentTarget.value as 'frozen' } })}
            />
          </Group>
          <ConditionField label="With an open invoice on which this holds" subject="invoice" event={document.schedule.kind === 'event' ? document.schedule.event : undefined} value={(audience.when ?? null) as ConditionDocument | null} onChange={(when) => change({ audience: { ...audience, when } })} />
        </Stack>
      </Section>
      <Section title="When"><ScheduleEditor schedule={document.schedule} onChange={(schedule) => change({ schedule })} /></Section>
      <Section title="Steps"><StepsEditor steps={document.steps} onChange={(steps) => change({ steps })} /></Section>
      <Section title="Experiment"><ExperimentEditor experiment={document.experiment ?? null} steps={document.steps} onChange={(experiment) => change({ experiment })} /></Section>
    </Page>
  );
}
