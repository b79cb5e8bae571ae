import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import type { Actor } from '../audit';
import { ControlRefusedError, recordControl } from '../collection/controls';
import { lockCustomersOf, touchLedger } from '../ledger';

export interface StepsControl {
  /** Of the whole request: a repeat changes nothing. */
  requestId: string;
  kind: 'skip-step' | 'send-now';
  steps: readonly { invoiceId: number; step: string }[];
  actor: Actor;
  reason: string | null;
  at: InstantMs;
}

export interface StepControlled {
  invoiceId: number;
  step: string;
  /** Why nothing was done; null: it was. */
  refused: string | null;
}

/**
 * Has steps of several invoices of a customer skipped or run now, all of them in one transaction, so that what is sent now goes out together. What makes no sense for one invoice is told, and holds up none of the others.
 * Null when there is no such customer.
 */
export async function controlSteps(trx: Knex.Transaction, customerId: number, { requestId, steps, ...control }: StepsControl): Promise<StepControlled[] | null> {
  await lockCustomersOf(trx, [customerId]);
  if (!(await trx('customers').where({ id: customerId }).first('id'))) return null;
  const rows = await trx('invoices').where({ customer_id: customerId }).whereIn('id', steps.map(({ invoiceId }) => invoiceId)).select<{ id: number; external_id: string }[]>('id', 'external_id');
  const names = new Map(rows.map(({ id, external_id }) => [id, external_id]));
  const results: StepControlled[] = [];
  for (const { invoiceId, step } of steps) {
    const invoice = names.get(invoiceId);
    const refused = invoice === undefined ? 'It is not an invoice of this customer.' : await refusedOf(() => recordControl(trx, { ...control, requestId: `${requestId}/${invoiceId}`, invoice, step, until: null }));
    results.push({ invoiceId, step, refused });
  }
  // The event of a control is born relayed, since a person's request for one invoice runs in its workflow; here the workflows have to hear of it.
  await touchLedger(trx, [{ customerId, invoiceIds: results.filter(({ refused }) => refused === null).map(({ invoiceId }) => invoiceId), kind: `control.${control.kind}` }]);
  return results;
}

/** A request is refused before anything is written. */
async function refusedOf(record: () => Promise<unknown>): Promise<string | null> {
  try {
    await record();
    return null;
  } catch (error) {
    if (error instanceof ControlRefusedError) return error.message;
    throw error;
  }
}
