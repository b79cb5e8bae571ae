import type { InstantMs } from '../calendar/dates';
import { recipientCalendar } from '../calendar/sendingCalendar';
import { assessHolds } from './assessHolds';
import { assessLadder, closeLadder } from './assessLadder';
import { earlier, type Closure } from './assessment';
import type { Collected, Plan } from './decision';
import type { CustomerFacts } from './facts';
import { ended, type Silence } from './silence';

/**
 * What is next for one invoice, given the ledger now. Pure: the same facts and the same instant give the same plan.
 *
 * `act` lists what the invoice's own facts call for; spacing is already in it, the merging of one customer's emails is not
 * (see decideTurn). `wait` says until when nothing changes unless the ledger does. `done` says why nothing more will come by itself.
 */
export function decideNext(customer: CustomerFacts, collected: Collected, now: InstantMs): Plan {
  const { invoice, policy } = collected;
  if (invoice.documentState === 'draft') return { kind: 'wait', until: null, step: null, why: 'the invoice is a draft' };
  // A promise that is over, or a deadline: first it is seen what became of it.
  if (invoice.claimsDueAt !== null && invoice.claimsDueAt <= now) return { kind: 'act', items: [] };
  const calendar = recipientCalendar(policy.calendar, customer);
  const holds = assessHolds(customer, collected, calendar, now);
  const silence = ended(invoice);
  const closure = silence && closureOf(silence);
  const ladder = closure ? closeLadder(collected, calendar, closure, now) : assessLadder(customer, collected, calendar, now);
  if (holds.items.length > 0 || ladder.items.length > 0) return { kind: 'act', items: [...holds.items, ...ladder.items] };
  const next = earlier(holds.next, ladder.next);
  if (invoice.claimsDueAt !== null && (!next || invoice.claimsDueAt < next.at)) {
    return { kind: 'wait', until: invoice.claimsDueAt, step: next?.step ?? null, why: invoice.claimsDueAt === invoice.promisedUntil ? 'a promise to pay ends' : 'the deadline of a dispute' };
  }
  if (next) return { kind: 'wait', until: next.at, step: next.step, why: `next is ${next.step}` };
  if (ladder.held) return { kind: 'wait', until: null, step: null, why: ladder.held };
  return { kind: 'done', outcome: closure?.outcome ?? 'exhausted' };
}

function closureOf({ code, reason }: Silence): Closure | null {
  return code === 'void' || code === 'settled' || code === 'stopped' ? { outcome: code, code, reason } : null;
}
