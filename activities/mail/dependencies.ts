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
  /** How answers are led back to what they answer; without it they go to the sender's address, and are not recognised. */
  thread?: ThreadSettings;
  /** The machine's clock, on which provider deadlines run; not the deployment's. */
  wallNow?: () => number;
  /** 0 to 1: spreads retries. */
  random?: () => number;
  /** Told of what became of each offer, for metrics. */
  observe?: (outcome: DeliveryOutcome, provider: string) => void;
}

export interface ThreadSettings {
  /** Signs reply addresses and unsubscribe links. */
  key: Buffer;
  /** `replies@example.com` or `*@replies.example.com`; null: answers go to the sender's own address. */
  replyAddress: string | null;
  /** Where unsubscribe links lead. */
  publicUrl: string;
}

export type DeliveryOutcome = 'sent' | 'delivered' | 'failed' | 'cancelled' | 'unknown' | 'throttled' | 'unavailable' | 'unanswered' | 'deferred';
