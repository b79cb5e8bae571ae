import { Alert, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { Loaded } from '../feedback/Loaded';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { PlainTable } from '../table/PlainTable';
import { AddRateModal } from './AddRateModal';
import { ratePresetsQuery, ratesQuery, type RatePreset, type ReferenceRate } from './queries';

const filterNames = ['law'] as const;
const presets = ['eu', 'de', 'uk'] as const;

/** The rates that interest by law goes by: where each comes from, which are missing, and those that the company added. */
export function Component() {
  const { filters, setFilters } = useFilters(filterNames);
  const may = useMay();
  const chosen = oneOf(presets, filters.law) ?? 'eu';
  const laws = useQuery(ratePresetsQuery);
  const rates = useQuery(ratesQuery(chosen));
  const [adding, setAdding] = useState<{ preset: RatePreset; halfYear: string } | null>(null);
  return (
    <Page title="Reference rates">
      <Loaded query={laws} lines={12}>
        {({ items: known }) => {
          const preset = known.find((each) => each.preset === chosen)!;
          return (
            <>
              <SegmentedControl aria-label="Law" mb="sm" value={chosen} onChange={(law) => setFilters({ law: law === 'eu' ? undefined : law })} data={known.map((each) => ({ value: each.preset, label: each.missing.length > 0 ? `${each.title} (${each.missing.length} missing)` : each.title }))} />
              {preset.missing.length > 0 && <Missing preset={preset} onAdd={may('charge') ? (halfYear) => setAdding({ preset, halfYear }) : null} />}
              <Section title={preset.title} actions={<>{may('charge') && <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} disabled={!rates.data} onClick={() => setAdding({ preset, halfYear: preset.missing[0] ?? nextHalfYear(rates.data?.items ?? []) })}>Add a rate</Button>}<ExportLink list="/reference-rates" query={{ preset: chosen }} /></>}>
                <Text size="sm" mb="xs">{preset.law}. Interest is the reference rate and {preset.pointsAbove} points.</Text>
                <Loaded query={rates} lines={12}>{({ items }) => <PlainTable label={`Reference rates, ${preset.title}`} rows={items} rowKey={(row) => row.halfYear} columns={columns} />}</Loaded>
                <Text size="xs" c="dimmed" mt="xs">What the product knows was held against what was published on {formatDate(preset.checkedOn)}: {preset.checkedAgainst}. It ends on {formatDate(preset.knownUntil)}.{may('read-audit') && <> Who added which rate when is in the <Link to="/audit">audit trail</Link>.</>}</Text>
              </Section>
            </>
          );
        }}
      </Loaded>
      {adding && <AddRateModal preset={adding.preset} halfYear={adding.halfYear} onClose={() => setAdding(null)} />}
    </Page>
  );
}

function Missing({ preset, onAdd }: { preset: RatePreset; onAdd: ((halfYear: string) => void) | null }) {
  return (
    <Alert color="yellow" variant="light" mb="sm" title="A rate is missing">
      <Text size="sm">Nothing is charged by this law for days without a rate, and a task asks a person. Look up what was published, and add it.</Text>
      {onAdd && <Group gap={6} mt="xs">{preset.missing.map((halfYear) => <Button key={halfYear} size="compact-xs" variant="default" onClick={() => onAdd(halfYear)}>Add the rate from {formatDate(halfYear)}</Button>)}</Group>}
    </Alert>
  );
}

const columns = [
  { heading: 'From', render: (row: ReferenceRate) => formatDate(row.halfYear) },
  { heading: 'Reference rate', align: 'right' as const, render: (row: ReferenceRate) => `${row.percent} %` },
  { heading: 'Source', grow: true, render: (row: ReferenceRate) => row.source },
  { heading: 'Added by', render: (row: ReferenceRate) => (row.addedBy === null ? <Text span c="dimmed">known</Text> : <>{row.addedBy} {row.addedAt && <Text span size="xs" c="dimmed"><Instant iso={row.addedAt} short /></Text>}</>) },
];

/** The half-year after the newest that has a rate. */
function nextHalfYear(rates: readonly ReferenceRate[]): string {
  const newest = rates.map(({ halfYear }) => halfYear).sort().at(-1) ?? '2026-01-01';
  const year = Number(newest.slice(0, 4));
  return newest.slice(5, 7) === '01' ? `${year}-07-01` : `${year + 1}-01-01`;
}
