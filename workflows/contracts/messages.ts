import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';

/** The ledger, a policy or a control changed: plan again. It carries nothing, so one lost, late or doubled does no harm. */
export const changedSignal = defineSignal('changed');

/** Who asks, as the audit trail names them. */
export interface ControlActor {
  kind: 'user' | 'api-key' | 'system';
  id: string;
  name: string;
}
/** What every request carries: the id by which a repeat of it is known, who asks, and why. */
export interface ControlRequest {
  requestId: string;
  actor: ControlActor;
  reason: string | null;
}
export interface PauseRequest extends ControlRequest {
  /** ISO instant; null: until resumed. */
  until: string | null;
}
export interface StepRequest extends ControlRequest {
  step: string;
}

/** What came of a request: the collection's control after it. A repeat of a request answers what it answered first. */
export interface ControlResult {
  requestId: string;
  kind: ControlKind;
  /** When it took effect, on the deployment's clock. */
  at: string;
  paused: boolean;
  pausedUntil: string | null;
  stopped: boolean;
}
export type ControlKind = 'pause' | 'resume' | 'skip-step' | 'send-now' | 'stop';

export const pauseCollectionUpdate = defineUpdate<ControlResult, [PauseRequest]>('pauseCollection');
export const resumeCollectionUpdate = defineUpdate<ControlResult, [ControlRequest]>('resumeCollection');
export const skipStepUpdate = defineUpdate<ControlResult, [StepRequest]>('skipStep');
export const sendNowUpdate = defineUpdate<ControlResult, [StepRequest]>('sendNow');
export const stopCollectionUpdate = defineUpdate<ControlResult, [ControlRequest]>('stopCollection');

/** Where an invoice's collection stands, and what it will do next and why. */
export interface CollectionState {
  invoice: string;
  phase: 'planning' | 'waiting' | 'performing' | 'done';
  policyVersion: string | null;
  stage: string | null;
  next: { step: string | null; at: string | null; why: string } | null;
  outcome: string | null;
  /** Messages handed to delivery and not yet settled. */
  delivering: number;
  /** Changes heard in this run. */
  changesHeard: number;
}
export const collectionStateQuery = defineQuery<CollectionState>('collectionState');
