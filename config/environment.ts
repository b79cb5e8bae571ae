import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readPayloadKeys, type PayloadKey } from './payloadCodec';

/** Everything that a process of Dunwell is told from outside, checked. */
export type Environment = {
  nodeEnv: 'development' | 'test' | 'production';
  databaseUrl: string;
  temporal: {
    /** host:port of the frontend. */
    address: string;
    namespace: string;
    apiKey?: string;
    tls: false | { ca?: Buffer; cert?: Buffer; key?: Buffer; serverName?: string };
    /** Base url of Temporal's own UI, for links from the console. */
    uiUrl?: string;
    /** What workflows are given and answer is encrypted with the first, and read with all of them; none: it is kept as it is. */
    encryptionKeys: readonly PayloadKey[];
  };
  /** Where the API and the console listen. */
  host: string;
  port: number;
  /** Where the worker answers /healthz, /readyz and /metrics. 0: any free port, told in its log. */
  workerPort: number;
  /** How people reach the console, for links in messages. */
  publicUrl: string;
  mail: {
    from: string;
    provider:
      | { kind: 'outbox' }
      | { kind: 'resend'; apiKey: string; baseUrl?: string }
      | { kind: 'smtp'; url: string };
    /** Signs what Resend reports back; without it those webhooks are refused. */
    resendWebhookSecret?: string;
    /** Who writes and how customers can pay: a YAML or JSON file. */
    senderFile?: string;
    /** Where answers go: `replies@example.com` or `*@replies.example.com`; without it to the sender's own address, and nobody sees them here. */
    replyAddress?: string;
    /** A mailbox that is looked through for answers: `imaps://user:password@host/INBOX`. */
    imapUrl?: string;
    /** Messages handed over a second, over all workers: the provider's rate limit. No limit of ours when absent. */
    perSecond?: number;
  };
  /** Asked about replies that the rules are unsure of; without it those wait for a person at once. */
  replyModel?: { url: string; key: string; model: string };
  /** Demanded of whoever reads the worker's /metrics; without it whoever reaches its port may. */
  workerMetricsToken?: string;
  /** Whether outgoing webhooks may go to this machine and to private networks. */
  webhooksToPrivateNetworks: boolean;
  /** Demanded of whoever reads the API's /metrics; without it only callers on this machine may. */
  metricsToken?: string;
  /** Reverse proxies in front of the API, whose word on the caller's address is taken. */
  trustedProxies: number;
  /** Folder for what this installation keeps outside the database. */
  dataFolder: string;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

/** A wrong or missing variable. The message has a line for each, with its name and what is allowed. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

const url = (protocols: string[]): z.ZodString =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), { error: `must be a url starting with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}` });
const hostAndPort = z.string().regex(/^[^\s/:]+:\d{1,5}$/, { error: 'must be HOST:PORT, e.g. 127.0.0.1:7233' });
const port = z.coerce.number({ error: 'must be a port number, 0 to 65535' }).int().min(0).max(65535);
/** Svix takes what follows `whsec_` as base64; anything else would be a key that nothing is ever signed with. */
const isSigningSecret = (text: string): boolean => {
  const encoded = text.replace(/^whsec_/, '');
  return encoded !== '' && Buffer.from(encoded, 'base64').toString('base64') === encoded;
};
const yesOrNo = z.enum(['true', 'false'], { error: 'must be true or false' }).transform((text) => text === 'true');

/** The variables, by name. Empty ones count as absent, since compose files and CI systems set them so. */
const variables = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production'], { error: 'must be development, test or production' }).default('development'),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  TEMPORAL_ADDRESS: hostAndPort.default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: yesOrNo.optional(),
  TEMPORAL_TLS_CA: z.string().optional(),
  TEMPORAL_TLS_CERT: z.string().optional(),
  TEMPORAL_TLS_KEY: z.string().optional(),
  TEMPORAL_TLS_SERVER_NAME: z.string().optional(),
  TEMPORAL_UI_URL: url(['http:', 'https:']).optional(),
  TEMPORAL_ENCRYPTION_KEYS: z.string().optional().transform((text, context): PayloadKey[] => {
    try {
      return text === undefined ? [] : readPayloadKeys(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `is wrong: ${error instanceof Error ? error.message : String(error)}` });
      return z.NEVER;
    }
  }),
  DUNWELL_HOST: z.string().default('127.0.0.1'),
  DUNWELL_PORT: port.default(4000),
  DUNWELL_WORKER_PORT: port.default(4001),
  DUNWELL_PUBLIC_URL: url(['http:', 'https:']).optional(),
  DUNWELL_METRICS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
  DUNWELL_WORKER_METRICS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
  DUNWELL_TRUSTED_PROXIES: z.coerce.number({ error: 'must be the number of reverse proxies in front, e.g. 1' }).int().min(0).max(10).default(0),
  DUNWELL_DATA: z.string().default('.dunwell'),
  DUNWELL_MAIL_PROVIDER: z.enum(['outbox', 'resend', 'smtp'], { error: 'must be outbox, resend or smtp' }).optional(),
  MAIL_FROM: z.string().includes('@', { error: 'must be a mail address, e.g. "Accounts <billing@example.com>"' }).default('Accounts receivable <billing@example.com>'),
  MAIL_REPLY_ADDRESS: z.string().regex(/^(\*|[A-Za-z0-9._-]{1,20})@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, { error: 'must be replies@example.com (at most 20 characters before the @) or *@replies.example.com' }).optional(),
  IMAP_URL: url(['imap:', 'imaps:']).optional(),
  REPLY_MODEL_URL: url(['http:', 'https:']).optional(),
  REPLY_MODEL_KEY: z.string().optional(),
  REPLY_MODEL: z.string().optional(),
  MAIL_SENDER_FILE: z.string().optional(),
  MAIL_PER_SECOND: z.coerce.number({ error: 'must be a number above 0, e.g. 5' }).positive({ error: 'must be a number above 0, e.g. 5' }).optional(),
  WEBHOOKS_TO_PRIVATE_NETWORKS: yesOrNo.optional(),
  RESEND_API_KEY: z.string().optional(),
  RESEND_BASE_URL: url(['http:', 'https:']).optional(),
  RESEND_WEBHOOK_SECRET: z.string().refine(isSigningSecret, { error: 'must be whsec_ and base64 after it, as Resend shows it beside the webhook' }).optional(),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], { error: 'must be trace, debug, info, warn, error or silent' }).default('info'),
});
type Variables = z.infer<typeof variables>;

/**
 * Reads the environment once, at start-up.
 * @throws EnvironmentError naming every variable that is wrong and what is allowed
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw new EnvironmentError(parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return given[name] === undefined ? `${name} is missing: ${whatItIs[name] ?? 'it must be set'}` : `${name} ${issue.message}`;
    }).join('\n'));
  }
  const read = parsed.data;
  const problems = [...incomplete(read), ...(read.NODE_ENV === 'production' ? unfitForProduction(read, given) : [])];
  if (problems.length > 0) throw new EnvironmentError(problems.join('\n'));
  return {
    nodeEnv: read.NODE_ENV,
    databaseUrl: read.DATABASE_URL,
    temporal: { address: read.TEMPORAL_ADDRESS, namespace: read.TEMPORAL_NAMESPACE, apiKey: read.TEMPORAL_API_KEY, tls: readTls(read), uiUrl: read.TEMPORAL_UI_URL, encryptionKeys: read.TEMPORAL_ENCRYPTION_KEYS },
    host: read.DUNWELL_HOST,
    port: read.DUNWELL_PORT,
    workerPort: read.DUNWELL_WORKER_PORT,
    publicUrl: read.DUNWELL_PUBLIC_URL ?? `http://${read.DUNWELL_HOST === '0.0.0.0' ? 'localhost' : read.DUNWELL_HOST}:${read.DUNWELL_PORT}`,
    mail: {
      from: read.MAIL_FROM, provider: readProvider(read), resendWebhookSecret: read.RESEND_WEBHOOK_SECRET, senderFile: read.MAIL_SENDER_FILE,
      replyAddress: read.MAIL_REPLY_ADDRESS, imapUrl: read.IMAP_URL,
      // Resend itself takes 5 requests a second of a team unless it agreed to more.
      perSecond: read.MAIL_PER_SECOND ?? (read.DUNWELL_MAIL_PROVIDER === 'resend' && !read.RESEND_BASE_URL ? 5 : undefined),
    },
    ...(read.REPLY_MODEL_KEY && read.REPLY_MODEL_URL && read.REPLY_MODEL ? { replyModel: { url: read.REPLY_MODEL_URL, key: read.REPLY_MODEL_KEY, model: read.REPLY_MODEL } } : {}),
    workerMetricsToken: read.DUNWELL_WORKER_METRICS_TOKEN,
    webhooksToPrivateNetworks: read.WEBHOOKS_TO_PRIVATE_NETWORKS ?? read.NODE_ENV !== 'production',
    metricsToken: read.DUNWELL_METRICS_TOKEN,
    trustedProxies: read.DUNWELL_TRUSTED_PROXIES,
    dataFolder: path.resolve(read.DUNWELL_DATA),
    logLevel: read.LOG_LEVEL,
  };
}

const whatItIs: Readonly<Record<string, string>> = {
  DATABASE_URL: 'a url such as postgres://user:password@127.0.0.1:5432/dunwell',
};

function incomplete(read: Variables): string[] {
  const problems: string[] = [];
  if (read.DUNWELL_MAIL_PROVIDER === 'resend' && !read.RESEND_API_KEY) problems.push('RESEND_API_KEY is missing: DUNWELL_MAIL_PROVIDER=resend needs it');
  if (read.DUNWELL_MAIL_PROVIDER === 'smtp' && !read.SMTP_URL) problems.push('SMTP_URL is missing: DUNWELL_MAIL_PROVIDER=smtp needs it, e.g. smtps://user:password@mail.example.com');
  const model = [read.REPLY_MODEL_URL, read.REPLY_MODEL_KEY, read.REPLY_MODEL].filter((value) => value !== undefined).length;
  if (model !== 0 && model !== 3) problems.push('REPLY_MODEL_URL, REPLY_MODEL_KEY and REPLY_MODEL belong together: set all three, or none');
  const secured = (['TEMPORAL_API_KEY', 'TEMPORAL_TLS_CA', 'TEMPORAL_TLS_CERT', 'TEMPORAL_TLS_SERVER_NAME'] as const).filter((name) => read[name]);
  if (read.TEMPORAL_TLS === false && secured.length > 0) problems.push(`${secured.join(', ')} ${secured.length === 1 ? 'needs' : 'need'} TLS, which TEMPORAL_TLS=false turns off: leave TEMPORAL_TLS out, or ${secured.length === 1 ? 'it' : 'them'}`);
  if (Boolean(read.TEMPORAL_TLS_CERT) !== Boolean(read.TEMPORAL_TLS_KEY)) problems.push('TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY belong together: set both, or neither');
  return problems;
}

const passwordsOfExamples = new Set(['', 'postgres', 'password', 'dunwell', 'changeme', 'secret']);

function unfitForProduction(read: Variables, given: Readonly<Record<string, string | undefined>>): string[] {
  const problems: string[] = [];
  const database = new URL(read.DATABASE_URL);
  if (passwordsOfExamples.has(decodeURIComponent(database.password)) && !database.searchParams.has('sslcert')) {
    problems.push('DATABASE_URL has no password or one from an example, which production refuses: give the database user a password of its own');
  }
  if (!given.DUNWELL_MAIL_PROVIDER) problems.push('DUNWELL_MAIL_PROVIDER is missing: say in production whether mail goes by resend or smtp, or stays in the outbox');
  if (read.DUNWELL_MAIL_PROVIDER !== undefined && read.DUNWELL_MAIL_PROVIDER !== 'outbox' && !given.MAIL_FROM) problems.push('MAIL_FROM is missing: mail needs a sender, e.g. "Accounts <billing@your-company.com>"');
  return problems;
}

function readProvider(read: Variables): Environment['mail']['provider'] {
  if (read.DUNWELL_MAIL_PROVIDER === 'resend') return { kind: 'resend', apiKey: read.RESEND_API_KEY ?? '', baseUrl: read.RESEND_BASE_URL };
  if (read.DUNWELL_MAIL_PROVIDER === 'smtp') return { kind: 'smtp', url: read.SMTP_URL ?? '' };
  return { kind: 'outbox' };
}

/** An API key or a certificate implies TLS, since neither may travel without it. */
function readTls(read: Variables): Environment['temporal']['tls'] {
  const implied = Boolean(read.TEMPORAL_API_KEY ?? read.TEMPORAL_TLS_CERT ?? read.TEMPORAL_TLS_CA);
  if (!(read.TEMPORAL_TLS ?? implied)) return false;
  const file = (name: 'TEMPORAL_TLS_CA' | 'TEMPORAL_TLS_CERT' | 'TEMPORAL_TLS_KEY'): Buffer | undefined => {
    const where = read[name];
    if (where === undefined) return undefined;
    try {
      return readFileSync(where);
    } catch (error) {
      throw new EnvironmentError(`${name} must name a file that can be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return { ca: file('TEMPORAL_TLS_CA'), cert: file('TEMPORAL_TLS_CERT'), key: file('TEMPORAL_TLS_KEY'), serverName: read.TEMPORAL_TLS_SERVER_NAME };
}
