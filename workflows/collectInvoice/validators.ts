import type { ControlRequest, PauseRequest, StepRequest } from '../contracts/messages';

/*
 * Synchronous on purpose: the SDK does not wait for an async validator and would accept everything. What needs the ledger (is there such
 * a step?) is checked where the request is applied.
 */
export function validateControl(request: ControlRequest): void {
  if (!isText(request.requestId)) throw new Error('A request needs a requestId, so that a repeat of it is known.');
  if (!isText(request.actor?.kind) || !isText(request.actor.id)) throw new Error('A request needs an actor: who asks.');
}

export function validatePause(request: PauseRequest): void {
  validateControl(request);
  if (request.until !== null && Number.isNaN(Date.parse(request.until))) {
    throw new Error(`A pause lasts until an instant such as 2026-03-01T08:00:00Z, or null for until resumed; not "${request.until}".`);
  }
}

export function validateStep(request: StepRequest): void {
  validateControl(request);
  if (!isText(request.step)) throw new Error('Name the step of the ladder that is meant.');
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
