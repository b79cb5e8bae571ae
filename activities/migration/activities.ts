import type { Knex } from 'knex';
import { readClock, type ClockReading } from '../../db/clock/clock';
import { movePage, noteMigrationProblem } from '../../db/policies/movePage';
import type { MigratePolicy, MigrationStanding } from '../../workflows/contracts/migration';

export interface MigrationDeps {
  knex: Knex;
  clock?: (knex: Knex) => Promise<ClockReading>;
  /** Customers whose invoices are moved in one transaction, and who wait for it. */
  customersPerPage?: number;
}

const customersPerPageDefault = 100;

/** What a migration does in the ledger's database. A page is one transaction that also notes how far it is, so a repeat goes on with the next. */
export function createMigrationActivities({ knex, clock = readClock, customersPerPage = customersPerPageDefault }: MigrationDeps) {
  return {
    movePage: async ({ migrationId }: MigratePolicy): Promise<MigrationStanding> => {
      try {
        return await knex.transaction(async (trx) => movePage(trx, migrationId, (await clock(trx)).now, customersPerPage));
      } catch (error) {
        await noteMigrationProblem(knex, migrationId, error instanceof Error ? error.message : String(error));
        throw error;
      }
    },
  };
}

export type MigrationActivities = ReturnType<typeof createMigrationActivities>;
