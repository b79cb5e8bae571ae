import { Button, Group, NumberInput, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ErrorState } from '../../feedback/ErrorState';
import { formatCount, plural } from '../../format/money';
import { PreviewResultView } from './PreviewResultView';
import { previewQuery, useStartPreview, type UnderWay } from './queries';

const defaultDays = 60;
const daysMax = 366;
const stay: UnderWay = { choice: 'stay' };

interface Props {
  source: string;
  baseVersionId: number | null;
  underWay?: UnderWay;
  /** Whether the list of customers keeps its filters in the address. */
  inAddress?: boolean;
}

/** What the draft would do on the ledger as it is, beside what is done today. It is worked out apart, and says how far it is. */
export function PreviewPanel({ source, baseVersionId, underWay = stay, inAddress = false }: Props) {
  const [days, setDays] = useState<number | string>(defaultDays);
  const start = useStartPreview();
  const { run } = start;
  const id = start.output?.id;
  const preview = useQuery({ ...previewQuery(id ?? ''), enabled: id !== undefined });
  const wanted = Math.min(daysMax, Math.max(1, Number(days) || defaultDays));
  const ask = () => run({ source, baseVersionId: baseVersionId ?? undefined, days: wanted, underWay });
  const first = useRef(true);
  useEffect(() => {
    if (first.current) run({ source, baseVersionId: baseVersionId ?? undefined, days: defaultDays, underWay });
    first.current = false;
  }, [run, source, baseVersionId, underWay]);
  const found = preview.data;
  const running = start.pending || found?.state === 'running';
  return (
    <Stack gap="sm">
      <form onSubmit={(event) => { event.preventDefault(); ask(); }}>
        <Group align="flex-end" gap="xs">
          <NumberInput label="Days from now" min={1} max={daysMax} value={days} onChange={setDays} w={110} />
          <Button type="submit" variant="default" loading={running}>Preview</Button>
          {found?.result && <Text size="sm" c="dimmed">{plural(found.result.invoices, 'invoice')} of {plural(found.result.customers, 'customer')}, in {formatCount(found.result.tookMs)} ms. Nothing is sent, and no payments are assumed.</Text>}
        </Group>
      </form>
      {start.error ? <ErrorState error={start.error} retry={ask} /> : null}
      {found?.state === 'failed' && <ErrorState error={new Error(found.problem ?? 'The preview failed.')} retry={ask} />}
      {running && <Progress aria-label="Customers looked at" value={found && found.total > 0 ? (100 * found.done) / found.total : 0} animated />}
      {found?.result && <PreviewResultView key={found.id} id={found.id} result={found.result} inAddress={inAddress} />}
    </Stack>
  );
}
