import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ErrorState } from '../feedback/ErrorState';
import { Waiting } from '../feedback/Waiting';
import { formatCount, plural } from '../format/money';
import { useSimulate } from './queries';
import { SimulationResult } from './SimulationResult';

const defaultDays = 60;
const daysMax = 366;

/** What the policy would do from now on, on the ledger as it is, if nobody paid. Nothing is sent and nothing is kept. */
export function SimulationPanel({ source }: { source?: string }) {
  const [days, setDays] = useState<number | string>(defaultDays);
  const simulate = useSimulate();
  const { run } = simulate;
  const first = useRef(true);
  useEffect(() => {
    if (first.current) run({ days: defaultDays, source });
    first.current = false;
  }, [run, source]);
  const wanted = Math.min(daysMax, Math.max(1, Number(days) || defaultDays));
  return (
    <Stack gap="sm">
      <form onSubmit={(event) => { event.preventDefault(); run({ days: wanted, source }); }}>
        <Group align="flex-end" gap="xs">
          <NumberInput label="Days from now" min={1} max={daysMax} value={days} onChange={setDays} w={110} />
          <Button type="submit" variant="default" loading={simulate.pending}>Simulate</Button>
          {simulate.output && <Text size="sm" c="dimmed">{plural(simulate.output.invoices, 'invoice')}, {plural(simulate.output.total, 'decision')}, in {formatCount(simulate.output.tookMs)} ms. No payments are assumed.</Text>}
        </Group>
      </form>
      {simulate.error ? <ErrorState error={simulate.error} retry={() => run({ days: wanted, source })} /> : null}
      {simulate.output ? <SimulationResult simulation={simulate.output} /> : simulate.pending && <Waiting lines={10} />}
    </Stack>
  );
}
