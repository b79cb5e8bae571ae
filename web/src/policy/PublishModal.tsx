import { Alert, Button, Code, FileButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { plural } from '../format/money';
import { Differences } from './drafts/DifferencesList';
import { InForceModal } from './drafts/InForceModal';
import { useCreateDraft } from './drafts/queries';
import { pageOfInForce } from './inForce';
import { PolicyLadder } from './PolicyLadder';
import classes from './PolicyView.module.css';
import { useCheckPolicy, usePublishPolicy, type PolicyCheck } from './queries';
import { SimulationPanel } from './SimulationPanel';

/** A text is checked first, and its errors name their places. Then it is asked about as a draft is: what it changes from what is in force, and what happens to invoices under way. Nothing of it is kept before it is published. */
export function PublishModal({ source: start, onClose }: { source: string; onClose: () => void }) {
  const [source, setSource] = useState(start);
  const [comparing, setComparing] = useState(false);
  const [simulated, setSimulated] = useState(false);
  const check = useCheckPolicy();
  const keep = useCreateDraft();
  const publish = usePublishPolicy();
  const navigate = useNavigate();
  const edit = (text: string) => {
    setSource(text);
    setSimulated(false);
    check.reset();
    keep.reset();
    publish.reset();
  };
  const readFile = (file: File | null) => { if (file) void file.text().then(edit); };
  const found = check.output;
  if (comparing && found) {
    return (
      <InForceModal
        title={`Publish ${found.policy ?? 'the policy'}, version ${found.version ?? '?'}`} intro="A published version never changes. Invoices that are assigned to this policy come under it from now on." confirmLabel="Publish" cancelLabel="Back to the text"
        baseVersionId={found.baseVersionId} source={source} steps={found.steps} differences={<Differences items={found.differences} none={found.baseVersionId === null ? 'Nothing is in force whose place it takes.' : undefined} />}
        pending={publish.pending} error={publish.error} onClose={() => setComparing(false)}
        onConfirm={(answer) => publish.run({ source, inForce: true, ...answer }, ({ migration, ...version }) => {
          notifyDone(`${version.policy} version ${version.version} is published.`);
          onClose();
          void navigate(pageOfInForce(version, migration));
        })}
      />
    );
  }
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} title="Publish a policy version" size="min(1100px, 94vw)" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <Text size="sm">A published version never changes. Once it has no errors it is compared with what is in force, and you say what happens to invoices under way.</Text>
        <Group justify="space-between" align="flex-end">
          <Text size="sm" fw={500} id="policy-source-label">Policy, in YAML or JSON</Text>
          <FileButton onChange={readFile} accept=".yaml,.yml,.json,application/json,application/yaml" inputProps={{ 'aria-label': 'Policy file' }}>
            {(props) => <Button {...props} variant="default" leftSection={<IconFileUpload size={14} aria-hidden />}>Choose a file</Button>}
          </FileButton>
        </Group>
        <Textarea aria-labelledby="policy-source-label" className={classes.editor} minRows={14} maxRows={22} spellCheck={false} value={source} onChange={(event) => edit(event.currentTarget.value)} data-autofocus />
        {found && <Verdict check={found} />}
        {check.error ? <ErrorState error={check.error} /> : null}
        {keep.error ? <ErrorState error={keep.error} /> : null}
        {simulated && <SimulationPanel key={source} source={source} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" loading={check.pending} disabled={source.trim() === ''} onClick={() => check.run(source)}>Check</Button>
          <Button variant="default" disabled={!found?.valid} onClick={() => setSimulated(true)}>Simulate 60 days</Button>
          <Button variant="default" loading={keep.pending} disabled={source.trim() === ''} onClick={() => keep.run({ source, baseVersionId: found?.baseVersionId ?? undefined }, ({ id }) => void navigate(`/policy/drafts/${id}`))}>Keep as a draft</Button>
          <Button disabled={!found?.valid} onClick={() => setComparing(true)}>Compare and publish</Button>
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
