import type { FiledRefund } from '../ledger/records';
import { planRefund } from '../ledger/refund';
import { LedgerError } from './timeline';

/** Where a payment's money stands: on its invoice, or unapplied. Minor units. */
export interface SimulatedPayment<Invoice> {
  currency: string;
  invoice: Invoice | undefined;
  appliedMinor: number;
  unappliedMinor: number;
}

/** What a refund, reversal or chargeback takes of a payment, and from where. Minor units. */
export interface TakenBack<Invoice> extends Pick<SimulatedPayment<Invoice>, 'currency' | 'invoice'> {
  fromAppliedMinor: number;
  fromUnappliedMinor: number;
}

/** A customer's payments in a simulation, for what goes back of them. */
export class SimulatedPayments<Invoice> {
  private readonly payments = new Map<string, SimulatedPayment<Invoice>>();

  came(externalId: string, payment: SimulatedPayment<Invoice>): void {
    this.payments.set(externalId, payment);
  }

  /** A refund takes its amount, or all that is left where it names none; a bank takes all that is left. */
  takeBack({ externalId, paymentExternalId, kind, amountMinor }: FiledRefund): TakenBack<Invoice> {
    const payment = this.payments.get(paymentExternalId);
    if (!payment) throw new LedgerError(`${kind} "${externalId}" comes before its payment "${paymentExternalId}"`);
    const { invoice, currency, appliedMinor, unappliedMinor } = payment;
    const leftMinor = appliedMinor + unappliedMinor;
    const plan = planRefund({ amountMinor: kind === 'refund' ? amountMinor ?? leftMinor : leftMinor, unappliedMinor, newestFirst: [{ amountMinor: appliedMinor }] });
    if (!plan) throw new LedgerError(`${kind} "${externalId}" is of more than is left of the payment "${paymentExternalId}"`);
    const { fromUnappliedMinor } = plan;
    const fromAppliedMinor = plan.takenBack.reduce((sum, taken) => sum + taken.amountMinor, 0);
    payment.unappliedMinor -= fromUnappliedMinor;
    payment.appliedMinor -= fromAppliedMinor;
    return { invoice, currency, fromAppliedMinor, fromUnappliedMinor };
  }
}
