import type { Knex } from 'knex';
import type { Sender } from '../../emails/types';
import type { MailProvider } from '../../integrations/mail/provider';

/** What handing mail over needs from outside. */
export interface MailDependencies {
  knex: Knex;
  provider: MailProvider;
  /** Who writes: "Name <address>". */
  from: string;
  sender: Sender;
  /** The machine's clock, on which provider deadlines run; not the deployment's. */
  wallNow?: () => number;
  /** 0 to 1: spreads retries. */
  random?: () => number;
  /** Told of what became of each offer, for metrics. */
  observe?: (outcome: DeliveryOutcome, provider: string) => void;
}

export type DeliveryOutcome = 'sent' | 'delivered' | 'failed' | 'cancelled' | 'unknown' | 'throttled' | 'unavailable' | 'unanswered' | 'deferred';
