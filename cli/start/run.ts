import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { readEnvironment } from '../../config/environment';
import { removeInstallation, writeInstallation } from '../../config/runningInstallation';
import { connect } from '../../db/connect';
import { lockFolder } from '../../engines/folderLock';
import { claimPort, findFreePort } from '../../engines/ports';
import { findPostgresPrograms } from '../../engines/postgresPrograms';
import { postgresUser } from '../../engines/postgresUser';
import { findTemporalCli } from '../../engines/temporalCli';
import { workflowBundle } from '../../worker/bundle';
import { buildConsole } from '../build/console';
import { demoOpens, holdsDemo, isDemoUnplayed, playDemo } from '../demo/playDemo';
import { bringPostgres, bringTemporal } from './bringEngines';
import { prepareDatabase } from './firstStart';
import { answersOk, startService, stopLeftServices, type Service } from './services';
import { Stops } from './stops';
import { printWelcome } from './welcome';

/** What readOptions of ./options.js gives. */
export type StartOptions = {
  empty?: boolean;
  'real-time'?: boolean;
  port?: string;
  'temporal-port'?: string;
  'temporal-ui-port'?: string;
  'postgres-port'?: string;
  'database-url'?: string;
  'temporal-address'?: string;
  'temporal-namespace'?: string;
  'temporal-tls'?: boolean;
  'temporal-api-key'?: string;
  'temporal-ui-url'?: string;
  data?: string;
  'install-only'?: boolean;
};

const usualConsolePort = 4000;
const startedAtMs = Date.now();

function elapsedSeconds(): number {
  return Math.round((Date.now() - startedAtMs) / 1000);
}

function say(line: string): void {
  process.stdout.write(`${String(elapsedSeconds()).padStart(4)} s  ${line}\n`);
}

/** Brings the engines, migrates, builds what changed, starts worker and API, and stays until Ctrl-C. */
export async function run(options: StartOptions): Promise<void> {
  if (options['install-only']) return installOnly();
  const dataFolder = path.resolve(options.data ?? process.env.DUNWELL_DATA ?? '.dunwell');
  mkdirSync(path.join(dataFolder, 'logs'), { recursive: true });
  const stops = new Stops();
  try {
    const lock = await lockFolder(dataFolder, 'Dunwell', say);
    stops.add(async () => lock.release());
    await stopLeftServices(dataFolder, say);
    const [{ url: databaseUrl }, temporal] = await Promise.all([
      bringPostgres(options, dataFolder, say).then((brought) => stops.adding(brought)),
      bringTemporal(options, dataFolder, say).then((brought) => stops.adding(brought)),
      buildConsole(say),
      workflowBundle(),
    ]);
    const knex = connect(databaseUrl, { poolMax: 4 });
    stops.add(() => knex.destroy());
    const first = await prepareDatabase(knex, { demo: options.empty ? 'none' : 'first-start', realTime: options['real-time'] ?? false, say });

    const askedPort = options.port ?? process.env.DUNWELL_PORT;
    const port = askedPort ? await claimPort(Number(askedPort), 'the console') : await findFreePort(usualConsolePort);
    const consoleUrl = `http://127.0.0.1:${port}`;
    const workerPort = await findFreePort();
    const variables = {
      ...temporal.environment, DATABASE_URL: databaseUrl, DUNWELL_PORT: String(port), DUNWELL_WORKER_PORT: String(workerPort), DUNWELL_DATA: dataFolder,
      ...((await isDemoMail(knex)) ? { MAIL_SENDER_FILE: path.join(__dirname, '..', '..', 'demo', 'sender.yaml') } : {}),
    };
    const environment = readEnvironment({ ...process.env, ...variables });
    say('starting the worker and the API');
    const services = await Promise.all([
      startService({ name: 'worker', entry: 'worker/main.ts', environment: variables, dataFolder, isReady: () => answersOk(`http://127.0.0.1:${workerPort}/readyz`), say }),
      startService({ name: 'api', entry: 'api/main.ts', environment: variables, dataFolder, isReady: () => answersOk(`${consoleUrl}/readyz`), say }),
    ]);
    for (const service of services) stops.add(() => service.stop());
    writeInstallation(dataFolder, variables);
    stops.add(async () => removeInstallation(dataFolder));
    await Promise.all(services.map((service: Service) => service.ready()));
    const mail = environment.mail.provider.kind === 'outbox' ? 'stays in the local outbox, which the console shows as sent' : `goes out by ${environment.mail.provider.kind}`;
    printWelcome({ consoleUrl, temporalUiUrl: environment.temporal.uiUrl, dataFolder, first, seconds: elapsedSeconds(), mail });
    if (await isDemoUnplayed(knex)) await playForward(knex, stops).catch((error: unknown) => {
      if (!stops.isStopping) say(`the demo could not be played on: ${error instanceof Error ? error.message : String(error)}. It goes on at the next start`);
    });
    await stops.signalled;
  } catch (error) {
    if (stops.isStopping) return stops.signalled; // what was under way broke off because everything ends
    await stops.stopAll();
    throw error;
  }
}

/** Messages of the demo that stay here are from somebody, and say how to pay. */
async function isDemoMail(knex: Knex): Promise<boolean> {
  return !process.env.MAIL_SENDER_FILE && !process.env.DUNWELL_MAIL_PROVIDER && (await holdsDemo(knex));
}

/** Everything that a start brings to a machine, without starting it. */
async function installOnly(): Promise<void> {
  say(`PostgreSQL ${findPostgresPrograms(postgresUser(say), say).version}`);
  say(`Temporal CLI ${await findTemporalCli(say)}`);
  await Promise.all([buildConsole(say), workflowBundle()]);
  say('All is here. Start it with: npm start');
}

async function playForward(knex: Knex, stops: Stops): Promise<void> {
  const opens = new Date(demoOpens).toISOString().slice(0, 10);
  say(`the demo plays its last weeks on the running system, up to ${opens}: watch it in the console`);
  let saidShare = 0;
  await playDemo(knex, stops.signal, (at, share) => {
    if (share < saidShare + 0.25) return;
    saidShare = share;
    say(`the demo has come to ${new Date(at).toISOString().slice(0, 10)}`);
  });
  if (!stops.isStopping) say(`the demo has come to its today, ${opens}. From here you advance the clock in the console`);
}
