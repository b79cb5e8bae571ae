import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { MigrationActivities } from '../../activities/migration/activities';
import { workflowBundle } from '../../worker/bundle';
import { migratePolicyType, migrationChangedSignal, migrationWorkflowId, type MigrationStanding } from '../../workflows/contracts/migration';
import { quietRuntime } from '../collection/deployment';
import { startTimeSkippingServer, type TimeSkippingServer } from './timeSkippingServer';

jest.setTimeout(300_000);

const taskQueue = 'migrations';

/** The database's part in memory: pages, a state that people change, and pages that fail as when the database is away. */
class Pages {
  moved = 0;
  state: MigrationStanding['state'] = 'running';
  calls = 0;
  failures = 0;
  /** Called before each page. */
  before: (moved: number) => void = () => undefined;

  constructor(readonly total: number) {}

  readonly activities: MigrationActivities = {
    movePage: async () => {
      this.calls += 1;
      this.before(this.moved);
      if (this.failures > 0) {
        this.failures -= 1;
        throw new Error('the database is away');
      }
      if (this.state === 'running') {
        if (this.moved < this.total) this.moved += 1;
        else this.state = 'done';
      }
      return Promise.resolve({ state: this.state, moved: this.moved, total: this.total });
    },
  };
}

describe('a migration, page after page', () => {
  let server: TimeSkippingServer;
  let client: Client;
  let next = 0;

  beforeAll(async () => {
    quietRuntime();
    server = await startTimeSkippingServer();
    client = new Client({ connection: server.clientConnection });
  });
  afterAll(() => server?.stop());

  const worker = async (pages: Pages): Promise<Worker> => Worker.create({
    connection: server.connection, taskQueue, workflowBundle: await workflowBundle(), activities: pages.activities, enableNonLocalActivities: false,
  });
  const begin = () => {
    next += 1;
    return client.workflow.start<(input: { migrationId: number }) => Promise<MigrationStanding>>(migratePolicyType, { workflowId: migrationWorkflowId(next), taskQueue, args: [{ migrationId: next }] });
  };

  test('1,201 pages take three runs, each with a short history, and no page is taken twice', async () => {
    const pages = new Pages(1_201);
    const handle = await begin();
    await (await worker(pages)).runUntil(async () => {
      expect(await handle.result()).toEqual({ state: 'done', moved: 1_201, total: 1_201 });
    });
    expect(pages.calls).toBe(1_202);
    const { historyLength, runId } = await client.workflow.getHandle(handle.workflowId).describe();
    expect(runId).not.toBe(handle.firstExecutionRunId);
    expect(historyLength).toBeLessThan(1_000);
  });

  test('paused, it takes no page however long that lasts; told that it goes on, it ends', async () => {
    const pages = new Pages(5);
    pages.before = (moved) => {
      if (moved === 3 && pages.state === 'running' && pages.calls === 4) pages.state = 'paused';
    };
    const handle = await begin();
    await (await worker(pages)).runUntil(async () => {
      while (pages.state !== 'paused') await server.pass(1_000);
      await server.pass(30 * 86_400_000);
      expect(pages.calls).toBe(4);
      // A change that leaves it paused, such as a second pause, moves nothing.
      await handle.signal(migrationChangedSignal);
      while (pages.calls < 5) await server.pass(1_000);
      expect(pages.moved).toBe(3);
      pages.state = 'running';
      await handle.signal(migrationChangedSignal);
      expect(await handle.result()).toEqual({ state: 'done', moved: 5, total: 5 });
    });
  });

  test('stopped while paused, it ends where it was', async () => {
    const pages = new Pages(5);
    pages.state = 'paused';
    const handle = await begin();
    await (await worker(pages)).runUntil(async () => {
      while (pages.calls < 1) await server.pass(1_000);
      pages.state = 'stopped';
      await handle.signal(migrationChangedSignal);
      expect(await handle.result()).toEqual({ state: 'stopped', moved: 0, total: 5 });
    });
  });

  test('a database that is away for twenty attempts costs time and nothing else', async () => {
    const pages = new Pages(3);
    pages.failures = 20;
    const handle = await begin();
    await (await worker(pages)).runUntil(async () => {
      while (pages.failures > 0) await server.pass(60_000);
      expect(await handle.result()).toEqual({ state: 'done', moved: 3, total: 3 });
    });
    expect(pages.calls).toBe(24);
  });
});
