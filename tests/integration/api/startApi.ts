import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import type { Express } from 'express';
import type { Knex } from 'knex';
import supertest, { type Test } from 'supertest';
import { createApiKey } from '../../../db/access/apiKeys';
import { startSession } from '../../../db/access/sessions';
import { csrfTokenOf } from '../../../db/access/tokens';
import { connect } from '../../../db/connect';
import { startManualClock } from '../../../db/clock/clock';
import type { Role, Scope } from '../../../domain/access/roles';
import type { ApiDeps, ApiSettings } from '../../../api/deps';
import { createLogger } from '../../../config/logger';
import { unavailable } from '../../../api/http/problem';
import { sampleSender } from '../../../emails/templates/samples';
import { localOutbox } from '../../../integrations/mail/outbox';
import type { MailProvider } from '../../../integrations/mail/provider';
import { createApp } from '../../../api/server';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

// Databases are copied and schemas compiled while other tests run next to these.
jest.setTimeout(120_000);

export const base = '/api/v1';

export interface Caller {
  /** A path that is not below /api/v1. */
  at(path: string): Test;
  get(path: string): Test;
  post(path: string, body?: unknown): Test;
  put(path: string, body?: unknown): Test;
  patch(path: string, body?: unknown): Test;
  delete(path: string): Test;
}

export interface TestApi {
  app: Express;
  knex: Knex;
  database: FreshDatabase;
  /** Where its mail goes. */
  provider: MailProvider;
  logged(): string;
  as(role: Role): Promise<Caller>;
  withKey(scopes: readonly Scope[]): Promise<Caller>;
  nobody: Caller;
  /** Another process of the API on the same database. */
  restarted(): { app: Express; stop(): Promise<void> };
  stop(): Promise<void>;
}

/** The API on a database of its own (or one that is there), with a manual clock that stands at an instant. */
export async function startApi(options: { now?: string; settings?: Partial<ApiSettings>; temporal?: () => Promise<Client>; on?: Knex } = {}): Promise<TestApi> {
  const database = options.on ? { url: '', knex: options.on, destroy: () => Promise.resolve() } : await freshDatabase();
  const { knex } = database;
  if (options.now !== undefined) await startManualClock(knex, Date.parse(options.now));
  let log = '';
  const logger = createLogger('api', 'debug', { write: (line: string) => void (log += line) });
  const settings: ApiSettings = {
    production: false, publicUrl: 'http://127.0.0.1', temporalUi: { url: 'http://temporal.example', namespace: 'default' }, temporalCodec: null, metricsToken: null, resendWebhookSecret: null,
    consoleFolder: null, uploadFolder: mkdtempSync(path.join(tmpdir(), 'dunwell-uploads-')), requestsPerMinute: 1_000_000, checkAnswers: true, trustedProxies: 0, ...options.settings,
  };
  const provider = localOutbox();
  const depsOn = (on: Knex): ApiDeps => ({
    knex: on, logger, settings, mail: { provider, from: 'Harbour Supplies <billing@harbour.example>', sender: sampleSender }, drawInvoice: () => Promise.resolve(Buffer.from('%PDF-drawn')),
    temporal: options.temporal ?? (() => Promise.reject(unavailable('Temporal is not part of this test.'))),
  });
  const app = createApp(depsOn(knex));
  let count = 0;
  return {
    app, knex, database, provider, logged: () => log,
    as: async (role) => callerWith(app, await sessionHeaders(knex, await addTestUser(knex, role, ++count))),
    withKey: async (scopes) => callerWith(app, { authorization: `Bearer ${(await createApiKey(knex, { name: `key ${++count}`, scopes, createdBy: 'test', expiresAt: null })).key}` }),
    nobody: callerWith(app, {}),
    restarted: () => {
      const other = connect(database.url);
      return { app: createApp(depsOn(other)), stop: () => other.destroy() };
    },
    stop: () => database.destroy(),
  };
}

/** A user whose password nobody knows: tests that need one sign in with one of their own. */
export async function addTestUser(knex: Knex, role: Role, number: number): Promise<number> {
  const [row] = await knex('users').insert({ email: `${role}-${number}@example.com`, name: `The ${role} ${number}`, role, password_hash: 'none' }).returning('id') as { id: number }[];
  return row!.id;
}

export async function sessionHeaders(knex: Knex, userId: number): Promise<Record<string, string>> {
  const token = await startSession(knex, userId);
  return { cookie: `dunwell_session=${token}`, 'x-csrf-token': csrfTokenOf(token) };
}

export function callerWith(app: Express, headers: Readonly<Record<string, string>>): Caller {
  const send = (method: 'get' | 'post' | 'put' | 'patch' | 'delete') => (to: string, body?: unknown): Test => {
    const request = supertest(app)[method](`${base}${to}`).set(headers);
    return body === undefined ? request : request.send(body as object);
  };
  return { at: (to) => supertest(app).get(to).set(headers), get: send('get'), post: send('post'), put: send('put'), patch: send('patch'), delete: send('delete') };
}
