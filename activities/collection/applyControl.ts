import { ApplicationFailure } from '@temporalio/common';
import { ControlRefusedError, recordControl, type ControlRecord } from '../../db/collection/controls';
import { isDataException } from '../../db/dataException';
import type { ControlResult } from '../../workflows/contracts/messages';
import type { CollectionSettings } from './activities';

export type ControlInput = Omit<ControlRecord, 'at'>;

/** Applies what a person asked for, once for each request id. What is refused fails the update with the reason, and is not tried again: that would keep the update open for good. */
export async function applyControl({ knex, clock: readClock }: CollectionSettings, input: ControlInput): Promise<ControlResult> {
  const clock = await readClock(knex);
  try {
    return await knex.transaction((trx) => recordControl(trx, { ...input, at: clock.now }));
  } catch (error) {
    if (error instanceof ControlRefusedError) throw ApplicationFailure.nonRetryable(error.message, 'ControlRefused');
    if (isDataException(error)) throw ApplicationFailure.nonRetryable('The request holds something that the database cannot keep, such as a NUL in a text.', 'ControlRefused');
    throw error;
  }
}
