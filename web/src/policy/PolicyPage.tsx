import { Anchor, Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconPlayerPlay, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { useMay } from '../session/useMay';
import { ActivateModal } from './ActivateModal';
import { AssignmentsPanel } from './AssignmentsPanel';
import { DraftsPanel } from './DraftsPanel';
import { MigrationsPanel } from './MigrationsPanel';
import { PolicyView } from './PolicyView';
import { PublishModal } from './PublishModal';
import { activePolicyQuery, policyQuery, useReplacedVersion, type PolicyDetail } from './queries';
import { ResultsPanel } from './ResultsPanel';
import { SimulationPanel } from './SimulationPanel';
import { VersionDifferences } from './VersionDifferences';
import { VersionsPanel } from './VersionsPanel';

/** With those of the panels' lists, which go when another panel is opened. */
const filterNames = ['tab', 'version', 'migration', 'search', 'state', 'kind', 'from'] as const;
const tabs = ['ladder', 'simulation', 'versions', 'drafts', 'assignments', 'migrations', 'results'] as const;

export function Component() {
  const { filters, setFilters } = useFilters(filterNames);
  const may = useMay();
  const [publishing, setPublishing] = useState(false);
  const versionId = Number(filters.version) || null;
  const active = useQuery(activePolicyQuery);
  const chosen = useQuery({ ...policyQuery(versionId ?? 0), enabled: versionId !== null });
  const tab = oneOf(tabs, filters.tab) ?? 'ladder';
  const publish = may('publish-policy') && <Button leftSection={<IconUpload size={14} aria-hidden />} onClick={() => setPublishing(true)}>Publish a version</Button>;
  return (
    <Page title="Policy" actions={publish}>
      <Tabs value={tab} onChange={(next) => setFilters({ tab: next ?? undefined, search: undefined, state: undefined, kind: undefined })} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="ladder">Ladder</Tabs.Tab>
          {may('simulate-policy') && <Tabs.Tab value="simulation">Simulation</Tabs.Tab>}
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
          <Tabs.Tab value="drafts">Drafts</Tabs.Tab>
          <Tabs.Tab value="assignments">Assignments</Tabs.Tab>
          <Tabs.Tab value="migrations">Migrations</Tabs.Tab>
          <Tabs.Tab value="results">Results</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="ladder">
          {versionId === null
            ? <Loaded query={active}>{(policy) => (policy ? <Shown policy={policy} /> : <EmptyState title="No policy is published" action={publish}>Publish one, and new invoices are collected under it.</EmptyState>)}</Loaded>
            : <Loaded query={chosen}>{(policy) => <Shown policy={policy} />}</Loaded>}
        </Tabs.Panel>
        {may('simulate-policy') && <Tabs.Panel value="simulation"><SimulationPanel /></Tabs.Panel>}
        <Tabs.Panel value="versions"><VersionsPanel onOpen={(id) => setFilters({ version: String(id), tab: undefined, from: undefined })} /></Tabs.Panel>
        <Tabs.Panel value="drafts"><DraftsPanel baseVersionId={versionId ?? active.data?.id ?? null} /></Tabs.Panel>
        <Tabs.Panel value="assignments"><AssignmentsPanel /></Tabs.Panel>
        <Tabs.Panel value="migrations"><MigrationsPanel chosen={Number(filters.migration) || null} onOpen={(id) => setFilters({ migration: String(id) })} /></Tabs.Panel>
        <Tabs.Panel value="results"><ResultsPanel /></Tabs.Panel>
      </Tabs>
      {publishing && !active.isPending && <PublishModal source={active.data?.source ?? ''} onClose={() => setPublishing(false)} />}
    </Page>
  );
}

function Shown({ policy }: { policy: PolicyDetail }) {
  const may = useMay();
  const [activating, setActivating] = useState(false);
  const replacedId = useReplacedVersion(policy);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Text fw={600}>{policy.title}</Text>
        <Text c="dimmed">{policy.policy}, version {policy.version}</Text>
        {policy.active ? <StateBadge state="active" tone="good" /> : policy.inForce ? <StateBadge state="in force" tone="active" /> : <StateBadge state="not in force" tone="neutral" />}
        <Anchor component={Link} size="sm" to={`/decisions?version=${policy.id}`}>Decisions of this version</Anchor>
        {may('publish-policy') && !(policy.active && policy.inForce) && <Button variant="default" ml="auto" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => setActivating(true)}>Put in force</Button>}
      </Group>
      <VersionDifferences policy={policy} />
      <PolicyView policy={policy} />
      {activating && <ActivateModal policy={policy} replacedId={replacedId} onClose={() => setActivating(false)} />}
    </Stack>
  );
}
