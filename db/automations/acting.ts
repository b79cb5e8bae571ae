import type { PlannedAction } from '../../domain/automation/decideFiring';
import type { CustomerFacts } from '../../domain/collection/facts';
import type { InstantMs } from '../../domain/calendar/dates';
import type { Actor } from '../audit';
import type { LedgerCandidate } from './candidates';

/** What acts, and for whom. */
export interface Acting {
  firingId: number;
  automation: string;
  version: number;
  versionId: number;
  customerId: number;
  customer: CustomerFacts;
  /** The invoice that it is about; null: the customer, of whom nothing is open. */
  candidate: LedgerCandidate | null;
  reason: string;
  now: InstantMs;
}

/** The same, about an invoice. */
export type ActingOnInvoice = Acting & { candidate: LedgerCandidate };

/** What was done, as the firing keeps it. */
export interface DoneAction {
  kind: PlannedAction['action']['kind'];
  outcome: 'done' | 'withheld';
  detail: string;
}

/** Automations act as themselves in the audit trail. */
export function actorOf({ automation, version }: Pick<Acting, 'automation' | 'version'>): Actor {
  return { kind: 'system', id: `automation:${automation}@${version}`, name: `Automation ${automation}` };
}
