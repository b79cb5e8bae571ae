import type { LocalDate } from '../../domain/calendar/dates';
import type { Decision, Turn } from '../../domain/collection/decision';
import type { HoldRecord, StepRecord } from '../../domain/collection/facts';
import type { CollectedInvoice, CustomerLedger } from './facts';

/**
 * The facts as they are once a turn has been recorded. Nobody else decides for a customer that is locked, so they are known without reading them again.
 */
export function afterTurn(ledger: CustomerLedger, { decisions, contacts }: Turn): CustomerLedger {
  const byInvoice = new Map<string, Decision[]>();
  for (const decision of decisions) {
    const ofInvoice = byInvoice.get(decision.invoice.id);
    if (ofInvoice) ofInvoice.push(decision);
    else byInvoice.set(decision.invoice.id, [decision]);
  }
  const contactedOn = contacts.reduce<LocalDate | null>((latest, { contactOn }) => later(latest, contactOn), ledger.customer.lastContactOn);
  return {
    ...ledger,
    customer: { ...ledger.customer, lastContactOn: contactedOn },
    collected: ledger.collected.map((each) => withDecisions(each, byInvoice.get(each.invoice.id) ?? [])),
  };
}

function withDecisions(each: CollectedInvoice, decisions: readonly Decision[]): CollectedInvoice {
  if (decisions.length === 0) return each;
  const taken = decisions.findLast(({ outcome }) => outcome === 'executed' || outcome === 'covered');
  return {
    ...each,
    stage: taken?.step ?? each.stage,
    invoice: {
      ...each.invoice,
      progress: [...each.invoice.progress, ...decisions.map(recordOf)],
      holds: decisions.filter(({ outcome }) => outcome === 'executed').reduce(withHold, each.invoice.holds),
    },
  };
}

function recordOf({ step, action, occurrence, outcome, code, at, on, until }: Decision): StepRecord {
  return { step, action, occurrence, outcome, reasonCode: code, at, on, until };
}

function withHold(holds: readonly HoldRecord[], { action, step, at }: Decision): readonly HoldRecord[] {
  if (action === 'hold') return [...holds, { step, releasedAt: null, releasedByItself: false }];
  if (action !== 'release') return holds;
  return holds.map((hold) => (hold.step === step && hold.releasedAt === null ? { ...hold, releasedAt: at, releasedByItself: true } : hold));
}

function later(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  if (a === null || b === null) return a ?? b;
  return b > a ? b : a;
}
