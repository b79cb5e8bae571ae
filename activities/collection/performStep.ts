import type { Knex } from 'knex';
import { decideTurn } from '../../domain/collection/decideTurn';
import { afterTurn } from '../../db/collection/afterTurn';
import { settleClaims } from '../../db/collection/claims';
import { lockCollections, markDisarmed, markPlans, strandedMessages, type AskedCollection, type CollectedId } from '../../db/collection/collections';
import { readFacts } from '../../db/collection/facts';
import { assignModes } from '../../db/collection/modes';
import { startPolicies } from '../../db/policies/startPolicies';
import { recordTurns, type LedgerTurn } from '../../db/collection/recordTurn';
import type { CustomerFacts } from '../../domain/collection/facts';
import type { ClockReading } from '../../db/clock/clock';
import type { NextPlan } from '../../workflows/contracts/plan';
import type { CollectionSettings } from './activities';
import { markOf, notCollected, toNextPlan, type Planned } from './nextPlan';

/** A ladder has some ten steps and each can be another's anchor; a policy that needs more rounds than this at one instant chases its tail. */
const roundsMax = 32;

/**
 * Decides and records all that is due for the customers of some invoices, in one transaction in which nobody else decides for those customers: reads the
 * ledger again, decides on it, writes what was decided and queues its effects. Whoever of a customer's invoices comes first does it for all.
 */
export async function performSteps(settings: CollectionSettings, invoices: readonly string[]): Promise<Map<string, NextPlan>> {
  const done = await settings.knex.transaction(async (trx) => {
    const asked = await lockCollections(trx, invoices);
    const clock = await settings.clock(trx);
    const ids = [...asked.values()];
    const { plans, recorded } = await decideDue(trx, ids, clock);
    await returnToBatches(trx, ids, clock);

    const messages = messagesByCustomer(recorded);
    // Nothing new to deliver may mean that this is a repeat, and that whoever queued the messages died before passing them on.
    const stranded = await strandedMessages(trx, ids.filter(({ customerId }) => !messages.has(customerId)).map(({ invoiceId }) => invoiceId));
    const answers = new Map(invoices.map((invoice): [string, NextPlan] => {
      const own = asked.get(invoice);
      if (!own) return [invoice, notCollected];
      const plan = plans.get(own.invoiceId);
      if (!plan) throw new Error(`The collection of invoice ${invoice} vanished while it was decided.`);
      const deliver = stranded.get(own.invoiceId) ?? taken(messages, own.customerId);
      return [invoice, toNextPlan(plan.customer, plan, clock, deliver)];
    }));
    return { answers, recorded };
  });
  tellDecisions(settings, done.recorded);
  return done.answers;
}

/** What was decided for some invoices and their customers, and what is next for each that was read. */
export interface DecidedDue {
  plans: Map<number, CustomerPlan>;
  recorded: RecordedTurn[];
}

/** Decides and records what is due for the customers of some invoices, who are locked, whoever collects the invoices; and writes back what is next. */
export async function decideDue(trx: Knex.Transaction, asked: readonly CollectedId[], clock: ClockReading): Promise<DecidedDue> {
  const { planned, recorded } = await takeTurns(trx, asked, clock);
  const due = planned.find(({ plan }) => plan.kind === 'act');
  if (due) throw new Error(`Invoice ${due.collected.invoice.externalId} is still due after its turn.`);
  await markPlans(trx, planned.flatMap((each) => markOf(each).map((mark) => ({ ...mark, stage: each.collected.stage }))), clock.now);
  return { plans: new Map(planned.map((each) => [each.collected.invoiceId, each])), recorded };
}

/** Tells the metrics, once it is committed. */
export function tellDecisions(settings: CollectionSettings, recorded: readonly RecordedTurn[]): void {
  for (const { turn } of recorded) for (const { action, outcome, code } of turn.decisions) settings.onDecision({ action, outcome, reasonCode: code });
}

/** Those that had a workflow of their own for something that may be over now, such as a pause, go back to the batches that they came from. */
async function returnToBatches(trx: Knex.Transaction, asked: readonly AskedCollection[], clock: ClockReading): Promise<void> {
  const returning = asked.filter(({ batchSegmentId, customerSegmentId }) => batchSegmentId === null && customerSegmentId !== null);
  if (returning.length > 0) await assignModes(trx, returning.map(({ customerId }) => customerId), clock.now);
  await markDisarmed(trx, asked.flatMap(({ invoiceId, batchSegmentId }) => (batchSegmentId === null ? [] : [invoiceId])));
}

/** The first of a customer's invoices that asked delivers what was queued for the customer. */
function taken(messages: Map<number, string[]>, customerId: number): string[] {
  const own = messages.get(customerId) ?? [];
  messages.set(customerId, []);
  return own;
}

type CustomerPlan = Planned & { customer: CustomerFacts };

/** Takes turns until none has anything to do; the plans of each customer's last, empty turn are what is next. */
async function takeTurns(trx: Knex.Transaction, ids: readonly CollectedId[], clock: ClockReading): Promise<{ planned: CustomerPlan[]; recorded: RecordedTurn[] }> {
  const customerIds = [...new Set(ids.map(({ customerId }) => customerId))];
  const scope = { kind: 'due', at: clock.now, askedInvoiceIds: ids.map(({ invoiceId }) => invoiceId) } as const;
  let ledgers = await readFacts(trx, customerIds, scope);
  const claiming = ledgers.filter(({ collected }) => collected.some(({ invoice }) => invoice.claimsDueAt !== null && invoice.claimsDueAt <= clock.now));
  if (claiming.length > 0) {
    // What became of promises and disputes is part of the ledger that is decided on.
    await settleClaims(trx, claiming.map(({ customerId }) => customerId), clock.now);
    ledgers = await readFacts(trx, customerIds, scope);
  }
  if (ledgers.length < customerIds.length) throw new Error(`Of customers ${customerIds.join(', ')} some vanished while it was decided for them.`);
  const recorded: RecordedTurn[] = [];
  const planned: CustomerPlan[][] = [];
  let pending = ledgers.map((_, position) => position);
  for (let round = 0; pending.length > 0; round += 1) {
    const turns = pending.map((position) => {
      const ledger = ledgers[position]!;
      const plans: CustomerPlan[] = (planned[position] = []);
      return { position, ledger, turn: decideTurn(ledger.customer, ledger.collected, clock.now, (collected, plan) => plans.push({ customer: ledger.customer, collected, plan })) };
    }).filter(({ turn }) => turn.decisions.length > 0);
    if (round === roundsMax && turns[0]) {
      throw new Error(`Customer ${turns[0].ledger.customer.externalId}: still due after ${roundsMax} rounds at ${new Date(clock.now).toISOString()}. Its policy has steps that call each other.`);
    }
    const messages = await recordTurns(trx, turns);
    const after = await startPolicies(trx, turns.map(({ ledger, turn }) => ({ ledger: afterTurn(ledger, turn), turn })), clock.now);
    turns.forEach(({ position, ledger, turn }, index) => {
      recorded.push({ customerId: ledger.customerId, turn, messages: messages[index]! });
      ledgers[position] = after[index]!;
    });
    pending = turns.map(({ position }) => position);
  }
  return { planned: planned.flat(), recorded };
}

export interface RecordedTurn {
  customerId: number;
  turn: LedgerTurn['turn'];
  messages: string[];
}

function messagesByCustomer(recorded: readonly RecordedTurn[]): Map<number, string[]> {
  const messages = new Map<number, string[]>();
  for (const { customerId, messages: queued } of recorded) if (queued.length > 0) messages.set(customerId, [...(messages.get(customerId) ?? []), ...queued]);
  return messages;
}
