import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { InvoiceContent } from '../db/mail/content';
import type { Sender } from '../emails/types';
import type { MailProvider } from '../integrations/mail/provider';
import type { TaskQueues } from '../workflows/contracts/queues';

/** What the API needs to know of its deployment. */
export interface ApiSettings {
  production: boolean;
  /** Where people reach the console; requests that change something must come from there. */
  publicUrl: string;
  /** Base url of Temporal's UI and its namespace, for links. */
  temporalUi: { url: string; namespace: string } | null;
  /** Reads what the Temporal server keeps encrypted, for its UI; null: nothing is encrypted. */
  temporalCodec: PayloadCodec | null;
  /** Demanded of whoever reads /metrics; null: only callers on this machine may. */
  metricsToken: string | null;
  /** Signs what Resend reports; null: those reports are refused. */
  resendWebhookSecret: string | null;
  /** The built console; null: none is served. */
  consoleFolder: string | null;
  /** Where uploaded files wait for their import. */
  uploadFolder: string;
  /** Requests a minute for one caller. */
  requestsPerMinute: number;
  /** Answers are checked against their schemas: in tests and development, where a difference must be seen. */
  checkAnswers: boolean;
  /** Hops of reverse proxies in front that may be believed about the caller's address. */
  trustedProxies: number;
}

/** Draws the PDF of an invoice that has none of its own. */
export type DrawInvoice = (invoice: InvoiceContent, customer: { name: string; language: string; today: string }) => Promise<Buffer>;

export interface ApiDeps {
  knex: Knex;
  /** Connects when it is first needed, and again after a failure: what needs Temporal answers 503 meanwhile. */
  temporal: () => Promise<Client>;
  drawInvoice: DrawInvoice;
  /** For tests that people send to themselves, and who writes. */
  mail: { provider: MailProvider; from: string; sender: Sender };
  queues?: TaskQueues;
  logger: Logger;
  settings: ApiSettings;
}
