import { condition, continueAsNew, proxyLocalActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { MigrationActivities } from '../../activities/migration/activities';
import { migrationChangedSignal, migrationProgressQuery, type MigratePolicy, type MigrationStanding } from '../contracts/migration';

/** A page is some hundred invoices in one transaction of our own database. It never gives up: what failed is in the migration's row for people to see. */
const { movePage } = proxyLocalActivities<MigrationActivities>({
  startToCloseTimeout: '60 s',
  localRetryThreshold: '10 s',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '30 s' },
});

/** A page writes one event; a run of so many keeps its history short long before the server asks for it. */
const pagesPerRunMax = 500;

/**
 * Moves invoices under way to another policy version, page after page. How far it is and whether it may go on is in the database: this asks for the
 * next page, and when it is told that a person paused it, waits until it is told of another change.
 */
export async function migratePolicy({ migrationId }: MigratePolicy): Promise<MigrationStanding> {
  let changed = false;
  let standing: MigrationStanding | null = null;
  setHandler(migrationChangedSignal, () => {
    changed = true;
  });
  setHandler(migrationProgressQuery, () => standing);

  for (let pages = 1; ; pages += 1) {
    changed = false;
    standing = await movePage({ migrationId });
    if (standing.state === 'paused') await condition(() => changed);
    // A stop that came while the last page was moved has nothing left to stop.
    if (standing.state === 'done' || standing.state === 'stopped') return standing;
    if (pages >= pagesPerRunMax || workflowInfo().continueAsNewSuggested) await continueAsNew<typeof migratePolicy>({ migrationId });
  }
}
