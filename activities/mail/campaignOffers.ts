import { nextOfferInMs, settleOffers, takeOffers, type OfferOutcome } from '../../db/campaigns/offers';
import type { OfferedCampaign } from '../../workflows/contracts/campaign';
import { deliver } from './deliver';
import type { MailDependencies } from './dependencies';
import type { HandOverSets } from './handOverSets';

/** How much one call does. */
export interface OfferBounds {
  /** Messages on their way at the same time. */
  atOnce: number;
  /** Messages in all: some seconds' worth, so that a worker that stops waits for no long call. */
  messagesMax: number;
}

/**
 * Hands over messages of a campaign's run, so many at once, until none is to be offered now or the bound is reached. One that cannot leave yet is put back with the time at which it is to be
 * offered again, and holds up no other. Safe to repeat, and at the same time: each message is taken by one at a time, and its hand-over is safe to repeat by itself.
 */
export async function offerCampaign(deps: MailDependencies, sets: HandOverSets, runId: number, { atOnce, messagesMax }: OfferBounds, stopping: AbortSignal): Promise<OfferedCampaign> {
  const { knex } = deps;
  const waiting: string[] = [];
  let outcomes: OfferOutcome[] = [];
  let offered = 0;
  let isEmpty = false;

  const settle = async (): Promise<void> => {
    const settled = outcomes;
    outcomes = [];
    await settleOffers(knex, settled);
  };
  const refill = async (): Promise<void> => {
    const limit = stopping.aborted ? 0 : Math.min(atOnce * 2, messagesMax - offered);
    const taken = limit > 0 ? await takeOffers(knex, runId, limit) : [];
    offered += taken.length;
    waiting.push(...taken);
    isEmpty = taken.length < limit || limit === 0;
    await settle();
  };
  let refilling: Promise<void> | null = null;
  const next = async (): Promise<string | undefined> => {
    while (waiting.length === 0 && !isEmpty) {
      refilling ??= refill().finally(() => { refilling = null; });
      await refilling;
    }
    return waiting.shift();
  };
  const handOver = async (): Promise<void> => {
    for (let messageId = await next(); messageId !== undefined; messageId = await next()) {
      const delivery = await deliver(deps, messageId, sets);
      outcomes.push({ messageId, againInMs: delivery.kind === 'settled' ? null : delivery.afterMs });
    }
  };

  try {
    await Promise.all(Array.from({ length: atOnce }, handOver));
  } finally {
    await settle();
  }
  return { offered, nextInMs: await nextOfferInMs(knex, runId) };
}
