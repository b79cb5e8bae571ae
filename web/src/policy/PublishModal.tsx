import { Alert, Button, Code, FileButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ErrorState } from '../feedback/ErrorState';
import { plural } from '../format/money';
import { PublishDraftModal } from './drafts/PublishDraftModal';
import { useCreateDraft, type PolicyDraft } from './drafts/queries';
import { PolicyLadder } from './PolicyLadder';
import classes from './PolicyView.module.css';
import { activePolicyQuery, policyChoicesQuery, useCheckPolicy, type PolicyCheck } from './queries';
import { SimulationPanel } from './SimulationPanel';

/**
 * A text is checked first, and its errors name their places. Then it is a draft as any other, and asked about as any other: what it changes from what is in force, and what happens to invoices
 * under way.
 */
export function PublishModal({ source: start, onClose }: { source: string; onClose: () => void }) {
  const [source, setSource] = useState(start);
  const [draft, setDraft] = useState<PolicyDraft | null>(null);
  const [simulated, setSimulated] = useState(false);
  const check = useCheckPolicy();
  const create = useCreateDraft();
  const navigate = useNavigate();
  const inForce = useQuery(policyChoicesQuery);
  const active = useQuery(activePolicyQuery);
  const edit = (text: string) => {
    setSource(text);
    setSimulated(false);
    check.reset();
    create.reset();
  };
  const readFile = (file: File | null) => { if (file) void file.text().then(edit); };
  const policy = check.output?.policy;
  // A policy that is new takes the place of what everybody comes under.
  const baseVersionId = inForce.data?.items.find((version) => version.policy === policy)?.id ?? active.data?.id;
  if (draft) return <PublishDraftModal draft={draft} onPublished={onClose} onClose={() => void navigate(`/policy/drafts/${draft.id}?view=differences`)} />;
  return (
    <Modal opened onClose={onClose} title="Publish a policy version" size="min(1100px, 94vw)" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <Text size="sm">A published version never changes. Once it has no errors it is kept as a draft and compared with what is in force, and you say what happens to invoices under way.</Text>
        <Group justify="space-between" align="flex-end">
          <Text size="sm" fw={500} id="policy-source-label">Policy, in YAML or JSON</Text>
          <FileButton onChange={readFile} accept=".yaml,.yml,.json,application/json,application/yaml" inputProps={{ 'aria-label': 'Policy file' }}>
            {(props) => <Button {...props} variant="default" leftSection={<IconFileUpload size={14} aria-hidden />}>Choose a file</Button>}
          </FileButton>
        </Group>
        <Textarea aria-labelledby="policy-source-label" className={classes.editor} minRows={14} maxRows={22} spellCheck={false} value={source} onChange={(event) => edit(event.currentTarget.value)} data-autofocus />
        {check.output && <Verdict check={check.output} />}
        {check.error ? <ErrorState error={check.error} /> : null}
        {create.error ? <ErrorState error={create.error} /> : null}
        {simulated && <SimulationPanel key={source} source={source} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" loading={check.pending} disabled={source.trim() === ''} onClick={() => check.run(source)}>Check</Button>
          <Button variant="default" disabled={!check.output?.valid} onClick={() => setSimulated(true)}>Simulate 60 days</Button>
          <Button disabled={!check.output?.valid || inForce.isPending} loading={create.pending} onClick={() => create.run({ source, baseVersionId }, setDraft)}>Compare and publish</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Verdict({ check }: { check: PolicyCheck }) {
  if (check.valid) {
    return (
      <Alert color="green" title={`${check.title ?? check.policy ?? 'The policy'}, version ${check.version ?? '?'}: no errors`} role="status">
        <PolicyLadder steps={check.steps} />
      </Alert>
    );
  }
  return (
    <Alert color="red" title={`${plural(check.errors.length, 'error')}: put right before it can be published`} role="alert">
      <ul className={classes.errors}>
        {check.errors.map((error, index) => <li key={index}>{error.path && <Code>{error.path}</Code>} {error.message}</li>)}
      </ul>
    </Alert>
  );
}
