import { Group, Progress, Text } from '@mantine/core';
import { Section } from '../app/Section';
import { formatCount } from '../format/money';
import { ImportState } from './PastImports';
import type { Import } from './queries';

export function ImportProgress({ current }: { current: Import }) {
  const { progress, state } = current;
  const dryRun = current.dryRun || current.outcome === 'rolled-back';
  const share = state === 'running' ? (progress.total ? Math.min(100, (100 * progress.rows) / progress.total) : 0) : 100;
  const figures = [
    [dryRun ? 'would be created' : 'created', progress.created], [dryRun ? 'would be updated' : 'updated', progress.updated], ['unchanged', progress.unchanged], ['rejected', progress.rejected],
  ] as const;
  return (
    <Section title={current.dryRun ? 'Dry run' : 'Import'} beside={<ImportState current={current} />}>
      <Progress value={share} animated={state === 'running'} color={state === 'failed' ? 'red' : undefined} aria-label="Progress" />
      <Group gap="lg" mt={8} aria-live="polite">
        <Text size="sm" className="tabular">{formatCount(progress.rows)}{progress.total !== null ? ` of ${formatCount(progress.total)}` : ''} rows</Text>
        {figures.map(([what, count]) => <Text key={what} size="sm" className="tabular" c={what === 'rejected' && count > 0 ? 'var(--mantine-color-error)' : undefined}>{formatCount(count)} {what}</Text>)}
      </Group>
    </Section>
  );
}
