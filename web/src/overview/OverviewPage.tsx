import { SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Page } from '../app/Page';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { AgingSection } from './AgingSection';
import { ComingNext } from './ComingNext';
import { CurrencyTable } from './CurrencyTable';
import classes from './OverviewPage.module.css';
import { overviewQuery, type Overview } from './queries';
import { TodaysActions } from './TodaysActions';
import { WorkFigures } from './WorkFigures';

export function Component() {
  const overview = useQuery(overviewQuery);
  return <Page title="Overview"><Loaded query={overview} lines={12}>{(loaded) => <Body overview={loaded} />}</Loaded></Page>;
}

function Body({ overview }: { overview: Overview }) {
  if (overview.currencies.length === 0) {
    return <EmptyState title="The ledger is empty">Import customers and invoices from CSV files, or send them to the API from your ERP. What is open and overdue is shown here.</EmptyState>;
  }
  return (
    <Stack gap="sm">
      <WorkFigures overview={overview} />
      <CurrencyTable overview={overview} />
      <AgingSection overview={overview} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm" className={classes.pair}>
        <TodaysActions overview={overview} />
        <ComingNext overview={overview} />
      </SimpleGrid>
    </Stack>
  );
}
