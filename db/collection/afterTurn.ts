import { contactsAfter, invoiceAfter } from '../../domain/collection/applyTurn';
import type { Turn } from '../../domain/collection/decision';
import type { CustomerLedger } from './facts';

/**
 * The facts as they are once a turn has been recorded. Nobody else decides for a customer that is locked, so they are known without reading them again.
 */
export function afterTurn(ledger: CustomerLedger, turn: Turn): CustomerLedger {
  return {
    ...ledger,
    customer: { ...ledger.customer, ...contactsAfter(ledger.customer, turn) },
    collected: ledger.collected.map((each) => {
      const taken = turn.decisions.findLast(({ invoice, outcome }) => invoice.id === each.invoice.id && (outcome === 'executed' || outcome === 'covered'));
      return { ...each, stage: taken?.step ?? each.stage, invoice: invoiceAfter(each.invoice, turn) };
    }),
  };
}
