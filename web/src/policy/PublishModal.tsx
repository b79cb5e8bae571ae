import { Alert, Button, Code, FileButton, Group, Modal, Stack, Switch, Text, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { plural } from '../format/money';
import { PolicyLadder } from './PolicyLadder';
import classes from './PolicyView.module.css';
import { useCheckPolicy, usePublishPolicy, type PolicyCheck } from './queries';
import { SimulationPanel } from './SimulationPanel';

/** A draft is checked before it can be published; its errors name the place in the document. */
export function PublishModal({ source: start, onClose }: { source: string; onClose: () => void }) {
  const [source, setSource] = useState(start);
  const [activate, setActivate] = useState(true);
  const [simulated, setSimulated] = useState(false);
  const check = useCheckPolicy();
  const publish = usePublishPolicy();
  const edit = (text: string) => {
    setSource(text);
    setSimulated(false);
    check.reset();
    publish.reset();
  };
  const readFile = (file: File | null) => { if (file) void file.text().then(edit); };
  const confirm = () => publish.run({ source, activate }, (published) => {
    notifyDone(`${published.policy} version ${published.version} is published.`);
    onClose();
  });
  return (
    <Modal opened onClose={onClose} title="Publish a policy version" size="min(1100px, 94vw)" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <Text size="sm">A published version never changes. Invoices under collection stay on the version that they are on; new invoices are collected under the active one.</Text>
        <Group justify="space-between" align="flex-end">
          <Text size="sm" fw={500} id="policy-source-label">Policy, in YAML or JSON</Text>
          <FileButton onChange={readFile} accept=".yaml,.yml,.json,application/json,application/yaml" inputProps={{ 'aria-label': 'Policy file' }}>
            {(props) => <Button {...props} variant="default" leftSection={<IconFileUpload size={14} aria-hidden />}>Choose a file</Button>}
          </FileButton>
        </Group>
        <Textarea aria-labelledby="policy-source-label" className={classes.editor} minRows={14} maxRows={22} spellCheck={false} value={source} onChange={(event) => edit(event.currentTarget.value)} data-autofocus />
        {check.output && <Verdict check={check.output} />}
        {check.error ? <ErrorState error={check.error} /> : null}
        {publish.error ? <ErrorState error={publish.error} /> : null}
        {simulated && <SimulationPanel key={source} source={source} />}
        <Group justify="space-between">
          <Switch label="New invoices are collected under it from now on" checked={activate} onChange={(event) => setActivate(event.currentTarget.checked)} />
          <Group gap="xs">
            <Button variant="default" loading={check.pending} disabled={source.trim() === ''} onClick={() => check.run(source)}>Check</Button>
            <Button variant="default" disabled={!check.output?.valid} onClick={() => setSimulated(true)}>Simulate 60 days</Button>
            <Button disabled={!check.output?.valid} loading={publish.pending} onClick={confirm}>Publish</Button>
          </Group>
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
