import type { Knex } from 'knex';
import { decideTurn } from '../../domain/collection/decideTurn';
import { afterTurn } from '../../db/collection/afterTurn';
import { lockCollection, markPlans, strandedMessages, type CollectionIds } from '../../db/collection/collections';
import { readFacts, type CustomerLedger } from '../../db/collection/facts';
import { recordTurn } from '../../db/collection/recordTurn';
import type { ClockReading } from '../../db/clock/clock';
import type { NextPlan } from '../../workflows/contracts/plan';
import type { CollectionSettings } from './activities';
import { markOf, planOf, toNextPlan, type Planned } from './nextPlan';

/** A ladder has some ten steps and each can be another's anchor; a policy that needs more rounds than this at one instant chases its tail. */
const roundsMax = 32;

/**
 * Decides and records all that is due for the invoice's customer, in one transaction in which nobody else decides for that customer: reads the
 * ledger again, decides on it, writes what was decided and queues its effects. Whoever of the customer's invoices comes first does it for all.
 */
export async function performStep(settings: CollectionSettings, invoice: string): Promise<NextPlan> {
  return settings.knex.transaction(async (trx) => {
    const ids = await lockCollection(trx, invoice);
    if (!ids) return { kind: 'done', outcome: 'settled', listing: null, deliver: [] };
    const clock = await settings.clock(trx);
    const { ledger, messages } = await takeTurns(trx, settings, ids, clock);
    const planned = ledger.collected.map((collected) => planOf(ledger.customer, collected, clock.now));
    await markPlans(trx, planned.flatMap(markOf), clock.now);
    const asked = planned.find(({ collected }) => collected.invoiceId === ids.invoiceId);
    if (!asked) throw new Error(`The collection of invoice ${invoice} vanished while it was decided.`);
    // Nothing new to deliver may mean that this is a repeat, and that whoever queued the messages died before passing them on.
    const deliver = messages.length > 0 ? messages : await strandedMessages(trx, ids.invoiceId);
    return toNextPlan(ledger.customer, notDue(asked), clock, deliver);
  });
}

async function takeTurns(trx: Knex.Transaction, settings: CollectionSettings, ids: CollectionIds, clock: ClockReading): Promise<{ ledger: CustomerLedger; messages: string[] }> {
  const messages: string[] = [];
  const [read] = await readFacts(trx, [ids.customerId], { kind: 'due', at: clock.now, askedInvoiceId: ids.invoiceId });
  if (!read) throw new Error(`Customer ${ids.customerExternalId} vanished while it was decided.`);
  let ledger = read;
  for (let round = 0; round < roundsMax; round += 1) {
    const turn = decideTurn(ledger.customer, ledger.collected, clock.now);
    if (turn.decisions.length === 0) return { ledger, messages };
    messages.push(...(await recordTurn(trx, ledger, turn)));
    for (const { action, outcome, code } of turn.decisions) settings.onDecision({ action, outcome, reasonCode: code });
    ledger = afterTurn(ledger, turn);
  }
  throw new Error(`Customer ${ids.customerExternalId}: still due after ${roundsMax} rounds at ${new Date(clock.now).toISOString()}. Its policy has steps that call each other.`);
}

function notDue(planned: Planned): Planned {
  if (planned.plan.kind === 'act') throw new Error(`Invoice ${planned.collected.invoice.externalId} is still due after its turn.`);
  return planned;
}
