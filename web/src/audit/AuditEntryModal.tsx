import { Code, Modal, Stack, Text } from '@mantine/core';
import { Facts } from '../app/Facts';
import { Instant } from '../format/Instant';
import type { AuditEntry } from './queries';

export function AuditEntryModal({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={entry.action} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <Facts facts={{
          When: <Instant iso={entry.at} />,
          Who: `${entry.actorName} (${entry.actorKind} ${entry.actorId})`,
          Subject: `${entry.subjectType} ${entry.subjectId}`,
          Hash: <Code style={{ overflowWrap: 'anywhere' }}>{entry.hash}</Code>,
        }} />
        <Side title="Before" value={entry.before} />
        <Side title="After" value={entry.after} />
      </Stack>
    </Modal>
  );
}

function Side({ title, value }: { title: string; value: unknown }) {
  if (value === undefined || value === null) return null;
  return (
    <div>
      <Text size="xs" c="dimmed">{title}</Text>
      <Code block tabIndex={0}>{JSON.stringify(value, null, 2)}</Code>
    </div>
  );
}
