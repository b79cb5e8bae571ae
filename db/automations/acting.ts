import type { PlannedAction } from '../../domain/automation/decideFiring';
import type { InstantMs } from '../../domain/calendar/dates';
import type { Actor } from '../audit';
import type { LedgerCandidate } from './candidates';

export interface Acting {
  firingId: number;
  automation: string;
  version: number;
  versionId: number;
  customerId: number;
  candidate: LedgerCandidate;
  reason: string;
  now: InstantMs;
}

/** What was done, as the firing keeps it. */
export interface DoneAction {
  kind: PlannedAction['action']['kind'];
  outcome: 'done' | 'withheld';
  detail: string;
}

/** Automations act as themselves in the audit trail. */
export function actorOf({ automation, version }: Acting): Actor {
  return { kind: 'system', id: `automation:${automation}@${version}`, name: `Automation ${automation}` };
}
