import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Section } from '../app/Section';
import { Loaded } from '../feedback/Loaded';
import { idIn } from '../filters/idIn';
import { useFilters } from '../filters/useFilters';
import { Differences } from './drafts/DifferencesList';
import { differencesQuery, type PolicyDetail } from './queries';
import { VersionSelect } from './VersionSelect';

const filterNames = ['from'] as const;

/** What is different in a version from any other that was published, in words. The other one is in the address. */
export function VersionDifferences({ policy }: { policy: PolicyDetail }) {
  const { filters, setFilters } = useFilters(filterNames);
  const from = idIn(filters.from);
  const differences = useQuery({ ...differencesQuery(policy.id, from ?? 0), enabled: from !== undefined });
  return (
    <Section title="Differences" beside={<VersionSelect label="Compare with another version" value={filters.from} without={policy.id} onChange={(version) => setFilters({ from: version })} width={240} />}>
      {from === undefined
        ? <Text size="sm" c="dimmed">Choose a published version to read in words what is different in this one.</Text>
        : <Loaded query={differences}>{({ items }) => <Differences items={items} none="Both say the same." />}</Loaded>}
    </Section>
  );
}
