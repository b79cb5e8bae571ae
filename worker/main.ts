import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type LogEntry } from '@temporalio/worker';
import type { Logger } from 'pino';
import { EnvironmentError, readEnvironment, type Environment } from '../config/environment';
import { createLogger } from '../config/logger';
import { dataConverterOf } from '../config/payloadCodec';
import { temporalConnectionOptions } from '../config/temporalConnection';
import { connect } from '../db/connect';
import { readThreadKey } from '../db/replies/signingKey';
import { offlineClassifier } from '../domain/reply/classifyOffline';
import { registerSearchAttributes } from '../engines/searchAttributes';
import { mailboxName, pollMailbox } from '../integrations/inbound/imapInbound';
import { rulesThenModel } from '../integrations/inbound/modelClassifier';
import { resendInbound } from '../integrations/inbound/resendInbound';
import { createMailProvider } from '../integrations/mail/createProvider';
import { readSenderProfile, SenderProfileError } from '../integrations/mail/senderProfile';
import { taskQueues } from '../workflows/contracts/queues';
import { collectionAttributes } from '../workflows/contracts/searchAttributes';
import { startHealthServer } from './healthServer';
import { startWorker } from './startWorker';
import { createInbound, type InboundDeps } from './inbound';
import { createWebhookDispatcher } from './webhooks';

/** Turns and hand-overs take few, as sets; what people ask for takes one each, and the loops have some. */
const poolMax = 40;

/** The worker's process: reads its settings, connects, works until it is told to end, and finishes what is under way. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const log = createLogger('worker', environment.logLevel);
  logThroughPino(log);
  const knex = connect(environment.databaseUrl, { poolMax });
  const options = temporalConnectionOptions(environment.temporal);
  const { namespace, address } = environment.temporal;
  const clientConnection = await Connection.connect(options);
  await registerSearchAttributes(clientConnection, namespace, Object.values(collectionAttributes), (line) => log.info(line));
  const connection = await NativeConnection.connect(options);
  const dataConverter = dataConverterOf(environment.temporal.encryptionKeys);
  const client = new Client({ connection: clientConnection, namespace, dataConverter });

  const webhooks = createWebhookDispatcher({ knex, log, settings: { allowPrivateTargets: environment.webhooksToPrivateNetworks } });
  const key = await readThreadKey(knex);
  const inbound = createInbound({ knex, log, key, ...inboundOf(environment) });
  const worker = await startWorker({
    knex, connection, client, dataConverter, queues: taskQueues, log, mail: { ...mailOf(environment), thread: { key, replyAddress: environment.mail.replyAddress ?? null, publicUrl: environment.publicUrl } }, messagesPerSecond: environment.mail.perSecond, loops: [webhooks.run, inbound.run],
  });
  const health = await startHealthServer({
    host: environment.host, port: environment.workerPort, log, registry: worker.metrics.registry, metricsToken: environment.workerMetricsToken ?? null,
    ready: async () => {
      await knex.raw('SELECT 1');
      await clientConnection.workflowService.getSystemInfo({});
    },
  });
  log.info({ temporal: address, namespace, queues: taskQueues, healthPort: health.port }, 'the worker is ready');

  const ended = await Promise.race([worker.ended.then(() => null, (error: unknown) => ({ error })), told()]);
  if (ended) log.fatal({ err: ended.error }, 'the worker ends');
  else log.info('the worker finishes what is under way');
  await worker.stop();
  await health.close();
  await connection.close();
  await clientConnection.close();
  await knex.destroy();
  process.exitCode = ended ? 1 : 0;
}

function mailOf({ mail }: Environment) {
  return { provider: createMailProvider(mail.provider), from: mail.from, sender: readSenderProfile(mail.from, mail.senderFile) };
}

function inboundOf({ mail, replyModel }: Environment): Pick<InboundDeps, 'classifier' | 'fetchMail' | 'mailbox'> {
  const { provider, imapUrl } = mail;
  return {
    classifier: replyModel ? rulesThenModel(replyModel) : offlineClassifier,
    fetchMail: provider.kind === 'resend' ? resendInbound(provider) : null,
    // The position belongs to the mailbox, whatever its password is.
    mailbox: imapUrl === undefined ? null : { name: mailboxName(imapUrl), poll: (position, ownMark) => pollMailbox(imapUrl, position, ownMark) },
  };
}

/** Resolves when the process is told to end. */
function told(): Promise<null> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(null));
  });
}

/** The SDK's log goes the way of ours, with the workflow's id where there is one. Ending is our business, not the SDK's. */
function logThroughPino(log: Logger): void {
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', ({ level, message, meta }: LogEntry) => {
      const { error, ...rest } = meta ?? {};
      log[levels[level]]({ ...rest, ...(error === undefined ? {} : { err: error }) }, message);
    }),
  });
}
const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

main().catch((error: unknown) => {
  if (error instanceof EnvironmentError || error instanceof SenderProfileError) process.stderr.write(`${error.message}\n`);
  else createLogger('worker', 'info').fatal({ err: error }, 'the worker could not start');
  process.exit(1);
});
