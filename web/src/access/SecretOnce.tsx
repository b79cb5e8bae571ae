import { ActionIcon, Alert, Code, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** A secret that can't be shown a second time, with a button that copies it. */
export function SecretOnce({ label, secret }: { label: string; secret: string }) {
  return (
    <Alert color="yellow" title={`${label}: shown this once only`}>
      <Group gap={6} wrap="nowrap">
        <Code fz="sm" style={{ overflowWrap: 'anywhere' }} data-secret>{secret}</Code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? 'Copied' : 'Copy'}>
              <ActionIcon aria-label={copied ? 'Copied' : `Copy the ${label.toLowerCase()}`} onClick={copy}>{copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}</ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </Group>
      <Text size="sm" mt={6}>Put it where it belongs before you close this: only its hash is kept.</Text>
    </Alert>
  );
}
