import { existsSync, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Server } from 'node:http';
import { EnvironmentError, readEnvironment, type Environment } from '../config/environment';
import { createLogger } from '../config/logger';
import { codecOf } from '../config/payloadCodec';
import { connect } from '../db/connect';
import { removeExpired } from '../db/access/housekeeping';
import { endInterruptedImports } from '../db/imports';
import { invoicePdf } from '../emails/invoicePdf';
import { createMailProvider } from '../integrations/mail/createProvider';
import { readSenderProfile, SenderProfileError } from '../integrations/mail/senderProfile';
import type { ApiDeps, DrawInvoice } from './deps';
import { bufferedOutput } from './http/logging';
import { createApp } from './server';
import { removeOldUploads } from './uploads';
import { temporalClient } from './temporal';

const poolMax = 20;
const housekeepingEveryMs = 3_600_000;
/** Requests under way get this long when the process is told to end. */
const drainWithinMs = 10_000;

/** The API's process: reads its settings, listens, and finishes what is under way when it is told to end. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const logger = createLogger('api', environment.logLevel, bufferedOutput());
  const knex = connect(environment.databaseUrl, { poolMax });
  const temporal = temporalClient(environment.temporal);
  const settings = settingsOf(environment);
  const app = createApp({
    knex, temporal: temporal.client, logger, drawInvoice: drawInvoiceFrom(environment.mail.from),
    mail: { provider: createMailProvider(environment.mail.provider), from: environment.mail.from, sender: readSenderProfile(environment.mail.from, environment.mail.senderFile) },
    settings,
  });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(environment.port, environment.host, (error?: Error) => (error ? reject(error) : resolve(listening)));
  });
  // Node closes idle connections after 5 s by default, which proxies in front answer with 502 now and then.
  server.keepAliveTimeout = 65_000;
  const keepHouse = (): void => void Promise.all([removeExpired(knex), endInterruptedImports(knex), removeOldUploads(settings.uploadFolder)])
    .catch((error: unknown) => logger.warn({ err: error }, 'what has expired could not be removed'));
  const housekeeping = setInterval(keepHouse, housekeepingEveryMs);
  keepHouse();
  logger.info({ host: environment.host, port: (server.address() as AddressInfo).port, publicUrl: environment.publicUrl }, 'the API is ready');

  await told();
  logger.info('the API finishes what is under way');
  clearInterval(housekeeping);
  const hurry = setTimeout(() => server.closeAllConnections(), drainWithinMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(hurry);
  await temporal.close();
  await knex.destroy();
}

function settingsOf({ nodeEnv, publicUrl, temporal, dataFolder, mail, metricsToken, trustedProxies }: Environment): ApiDeps['settings'] {
  const consoleFolder = path.join(__dirname, '..', 'web', 'dist');
  const uploadFolder = path.join(dataFolder, 'uploads');
  mkdirSync(uploadFolder, { recursive: true, mode: 0o700 });
  return {
    production: nodeEnv === 'production', publicUrl, temporalUi: temporal.uiUrl === undefined ? null : { url: temporal.uiUrl, namespace: temporal.namespace },
    temporalCodec: codecOf(temporal.encryptionKeys), metricsToken: metricsToken ?? null, resendWebhookSecret: mail.resendWebhookSecret ?? null, consoleFolder: existsSync(consoleFolder) ? consoleFolder : null, uploadFolder,
    requestsPerMinute: 6_000, checkAnswers: nodeEnv !== 'production', trustedProxies,
  };
}

function drawInvoiceFrom(from: string): DrawInvoice {
  const name = /^\s*"?([^"<]*?)"?\s*</.exec(from)?.[1] || from;
  const sender = { name, addressLines: [], replyTo: null, phone: null, paymentMethods: [] };
  return (invoice, customer) => invoicePdf(invoice, { language: customer.language, sender, customerName: customer.name });
}

function told(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

main().catch((error: unknown) => {
  if (error instanceof EnvironmentError || error instanceof SenderProfileError) process.stderr.write(`${error.message}\n`);
  else createLogger('api', 'info').fatal({ err: error }, 'the API could not start');
  process.exit(1);
});
