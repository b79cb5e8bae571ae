import { assertNever } from '../assertNever';
import type { InstantMs, LocalDate } from '../calendar/dates';
import { localDateAt } from '../calendar/zones';
import type { Decision, Turn } from '../collection/decision';
import { contactsAfter, eachWrittenAbout, holdsAfter, stepRecord } from '../collection/applyTurn';
import { creditOn } from '../collection/unapplied';
import type { BehaviourClass, CustomerFacts, InvoiceFacts, PromiseOnRecord, StepRecord } from '../collection/facts';
import { applyToInvoice } from '../ledger/apply';
import type { DisputeRecord, FiledRefund } from '../ledger/records';
import { totalsOf, type AccountFacts, type ConditionFacts } from '../condition/account';
import { askedByHolds, askedByPolicy, union } from '../condition/asked';
import type { AskedFact } from '../condition/catalogue';
import { strictestOf } from '../contact/strictest';
import { planStart, policyStartedBy } from '../migration/startPolicy';
import { noPolicies, type PoliciesByName } from '../policy/byName';
import type { ContactRules, Policy } from '../policy/types';
import type { LastStatement, StatementStanding } from '../statement/types';
import { arrivingInvoice } from './arrivingInvoice';
import { SimulatedBehaviour } from './behaviour';
import { SimulatedClaims } from './claims';
import { offerOf, SimulatedDiscounts } from './discounts';
import { AccountMovements } from './movements';
import { SimulatedPayments } from './payments';
import { byDueDate, simulatedInvoice, type Mutable, type SimulatedInvoice } from './simulatedInvoice';
import { LedgerError, type LedgerEvent } from './timeline';
import { SimulatedTotals } from './totals';

/** One customer's ledger in memory: applies what happens to it, and what is decided on it. */
export class SimulatedAccount {
  /** Invoices that have something to come. */
  active: SimulatedInvoice[] = [];
  readonly customer: Mutable<CustomerFacts>;
  private readonly invoices = new Map<string, SimulatedInvoice>();
  private readonly claims = new Map<string, SimulatedClaims>();
  private readonly discounts = new Map<string, SimulatedDiscounts>();
  private readonly payments = new SimulatedPayments<SimulatedInvoice>();
  private arriving: SimulatedInvoice[] = [];
  private readonly totals = new SimulatedTotals();
  private readonly underRules = new Map<ContactRules, number>();
  private readonly movements: AccountMovements;
  private readonly behaviour: SimulatedBehaviour;

  /** What the conditions of the policies that are or were in force here, and of the holds of automations, ask for. */
  private asked: ReadonlySet<AskedFact>;
  /** What became of the promises that were made before. */
  private readonly promisesBefore: readonly PromiseOnRecord[];

  /** `policy` is the one that invoices which arrive are collected under, `graceDays` the customer's own grace, `others` the policies that steps may start. */
  constructor(customer: CustomerFacts, private readonly policy: Policy | null = null, private readonly graceDays: number | null = null, private readonly others: PoliciesByName = noPolicies) {
    this.customer = { ...customer, contactRules: null };
    this.promisesBefore = customer.promises ?? [];
    this.asked = policy ? askedByPolicy(policy) : new Set();
    this.movements = new AccountMovements(customer.timeZone);
    this.behaviour = new SimulatedBehaviour(customer.timeZone);
  }

  /** Takes up an invoice that is already under collection, with its history. */
  adopt(invoice: SimulatedInvoice): void {
    this.invoices.set(invoice.externalId, invoice);
    this.ask(askedByPolicy(invoice.collected.policy), askedByHolds(invoice));
    if (invoice.promisedMinor > 0 || invoice.disputedMinor > 0 || invoice.claimsDueAt !== null || invoice.disputedDuring) this.claimsOf(invoice);
    this.active.push(invoice);
    this.totals.in(invoice.currency).openMinor += invoice.openMinor;
    if (invoice.openMinor > 0) this.count(invoice, 1);
  }

  addUnapplied(currency: string, amountMinor: number): void {
    this.totals.in(currency).unappliedMinor += amountMinor;
  }

  apply(event: LedgerEvent): void {
    this.customer.ledgerVersion += 1;
    this.movements.note(event);
    switch (event.kind) {
      case 'invoice': {
        if (!this.policy) throw new LedgerError(`invoice "${event.invoice.externalId}" arrives where no policy is in force`);
        const invoice = simulatedInvoice(arrivingInvoice(event.invoice, this.graceDays), this.policy, event.at);
        if (invoice.documentState !== 'issued') break;
        this.invoices.set(invoice.externalId, invoice);
        this.totals.in(invoice.currency).openMinor += invoice.openMinor;
        this.arriving.push(invoice);
        if (invoice.openMinor > 0) this.count(invoice, 1);
        this.wakeHeld(event.at);
        this.behaviour.arrived(invoice.externalId);
        break;
      }
      case 'payment': this.settle(event, event.payment); break;
      case 'credit-note': this.settle(event, event.creditNote); break;
      case 'refund': this.takeBack(event, event.refund); break;
      case 'promise': this.claim(event, event.promise.invoiceExternalId, (claims, openMinor) => claims.promise(event.promise, openMinor, event.at, this.customer.timeZone)); break;
      case 'dispute': this.claim(event, event.dispute.invoiceExternalId, (claims, openMinor) => claims.dispute(event.dispute, openMinor, event.at)); break;
      case 'dispute-resolved': this.resolve(event, event.dispute); break;
      default: assertNever(event);
    }
  }

  /** Puts the invoices that have arrived at this instant under collection; one that is settled by then never is. */
  takeUp(): void {
    for (const invoice of this.arriving) if (invoice.openMinor > 0) this.active.push(invoice);
    this.arriving = [];
  }

  private claim({ at }: LedgerEvent, invoiceExternalId: string, note: (claims: SimulatedClaims, openMinor: number) => void): void {
    const invoice = this.invoices.get(invoiceExternalId);
    // Of an invoice of which nothing is open, nothing can be promised or disputed.
    if (!invoice || invoice.openMinor <= 0) return;
    note(this.claimsOf(invoice), invoice.openMinor);
    this.takeOff(invoice, at);
    this.wake(invoice, at);
    this.wakeHeld(at);
  }

  private resolve(event: LedgerEvent, dispute: DisputeRecord): void {
    const invoice = this.invoices.get(dispute.invoiceExternalId);
    const claims = this.claims.get(dispute.invoiceExternalId);
    if (!invoice || !claims) return;
    const amountMinor = claims.resolve(dispute, invoice.openMinor, event.at);
    this.wake(invoice, event.at);
    this.wakeHeld(event.at);
    if (amountMinor > 0) return this.settle(event, { externalId: dispute.externalId, invoiceExternalId: invoice.externalId, currency: invoice.currency, amountMinor });
    this.takeOff(invoice, event.at);
    this.behaviour.applied('credit', invoice, 0, event.at);
  }

  private claimsOf(invoice: SimulatedInvoice): SimulatedClaims {
    let claims = this.claims.get(invoice.externalId);
    if (!claims) this.claims.set(invoice.externalId, (claims = new SimulatedClaims(invoice)));
    return claims;
  }

  private settle({ at, kind }: LedgerEvent, { externalId, invoiceExternalId, currency, amountMinor }: { externalId: string; invoiceExternalId?: string | null; currency: string; amountMinor: number }): void {
    const totals = this.totals.in(currency);
    const invoice = invoiceExternalId ? this.invoices.get(invoiceExternalId) : undefined;
    if (invoice && invoice.currency !== currency) {
      throw new LedgerError(`"${externalId}" is in ${currency} and its invoice "${invoice.externalId}" in ${invoice.currency}`);
    }
    const { appliedMinor, unappliedMinor } = applyToInvoice({ amountMinor, openMinor: invoice?.openMinor ?? 0 });
    totals.unappliedMinor += unappliedMinor;
    if (kind === 'payment') this.payments.came(externalId, { currency, invoice, appliedMinor, unappliedMinor });
    if (invoice) {
      const by = kind === 'payment' ? 'payment' : 'credit';
      this.open(invoice, -appliedMinor);
      const claims = this.claims.get(invoice.externalId);
      if (by === 'payment') claims?.paid(externalId, appliedMinor, at);
      else claims?.credited(appliedMinor, at);
      this.discounts.get(invoice.externalId)?.settled(by, externalId, appliedMinor, at);
      this.takeOff(invoice, at);
      if (appliedMinor > 0) this.behaviour.applied(by, invoice, appliedMinor, at);
      this.wake(invoice, at);
    }
    if (unappliedMinor > 0) this.wakeAll(at);
    this.wakeHeld(at);
  }

  /** Gives money of a payment back, or all that is left of it where the bank takes it: what is unapplied reopens nothing. */
  private takeBack({ at }: LedgerEvent, refund: FiledRefund): void {
    const { invoice, currency, fromAppliedMinor, fromUnappliedMinor } = this.payments.takeBack(refund);
    this.totals.in(currency).unappliedMinor -= fromUnappliedMinor;
    if (refund.kind !== 'refund') this.behaviour.reversed();
    if (invoice && fromAppliedMinor > 0) this.reopen(invoice, refund.paymentExternalId, fromAppliedMinor, at);
    if (fromUnappliedMinor > 0) this.wakeAll(at);
    this.wakeHeld(at);
  }

  private reopen(invoice: SimulatedInvoice, payment: string, takenMinor: number, at: InstantMs): void {
    const discountMinor = this.discounts.get(invoice.externalId)?.takenBack(payment, takenMinor) ?? 0;
    this.open(invoice, takenMinor + discountMinor);
    const claims = this.claims.get(invoice.externalId);
    claims?.takenBack(payment, takenMinor);
    if (discountMinor > 0) claims?.credited(-discountMinor, at);
    this.behaviour.reopened(invoice, takenMinor);
    // What else was paid in time may meet the offer still.
    this.takeOff(invoice, at);
    this.behaviour.applied('credit', invoice, 0, at);
    this.wake(invoice, at);
  }

  private open(invoice: SimulatedInvoice, amountMinor: number): void {
    const wasOpen = invoice.openMinor > 0;
    invoice.openMinor += amountMinor;
    this.totals.in(invoice.currency).openMinor += amountMinor;
    if (wasOpen !== invoice.openMinor > 0) this.count(invoice, wasOpen ? -1 : 1);
  }

  /** Money on account may cover any invoice, and any may have counted on it. */
  private wakeAll(at: InstantMs): void {
    for (const invoice of this.active) this.wake(invoice, at);
  }

  /** A hold's condition may hang on the customer's account. */
  private wakeHeld(at: InstantMs): void {
    for (const invoice of this.invoices.values()) {
      if (invoice.holds.some((hold) => hold.releasedAt === null)) this.wake(invoice, at);
    }
  }

  /** Takes off what an offer promises, as the ledger does when payments meet it. */
  private takeOff(invoice: SimulatedInvoice, at: InstantMs): void {
    const claims = this.claims.get(invoice.externalId);
    const discountMinor = this.discounts.get(invoice.externalId)?.takeOff(invoice.openMinor, (instant) => claims?.disputedBefore(instant) ?? 0) ?? 0;
    if (discountMinor === 0) return;
    this.open(invoice, -discountMinor);
    claims?.credited(discountMinor, at);
  }

  private offer(decision: Decision): void {
    const offer = offerOf(decision, this.customer.timeZone);
    const { externalId } = decision.invoice;
    if (offer) this.discounts.set(externalId, (this.discounts.get(externalId) ?? new SimulatedDiscounts()).made(offer));
  }

  private wake(invoice: SimulatedInvoice, at: InstantMs): void {
    if (this.arriving.includes(invoice)) return;
    invoice.nextAt = Math.min(invoice.nextAt, at);
    if (!this.active.includes(invoice)) this.active.push(invoice);
  }

  /** Brings up to date the facts of an invoice that hang on the customer's other invoices and money. */
  refresh(invoice: SimulatedInvoice, now: InstantMs): SimulatedInvoice {
    const claims = this.claims.get(invoice.externalId);
    if (claims) Object.assign(invoice, claims.at(now, invoice.openMinor));
    const totals = this.totals.in(invoice.currency);
    invoice.customerBalanceMinor = totals.openMinor - totals.unappliedMinor;
    invoice.creditMinor = totals.unappliedMinor === 0 ? 0 : creditOn(invoice, this.inCurrency(invoice.currency), totals.unappliedMinor);
    return invoice;
  }

  /** Brings up to date the facts of the customer that hang on all its invoices, as far as a condition asks for them. */
  refreshCustomer(now: InstantMs): void {
    if (this.asked.has('owes')) this.customer.owes = { open: this.openInvoices(now), unapplied: this.totals.unapplied() };
    if (this.asked.has('promises')) this.customer.promises = this.promisesOnRecord(now);
  }

  private ask(...more: readonly ReadonlySet<AskedFact>[]): void {
    this.asked = union([this.asked, ...more]);
  }

  private openInvoices(now: InstantMs): SimulatedInvoice[] {
    return [...this.invoices.values()].filter(({ openMinor }) => openMinor > 0).map((invoice) => this.refresh(invoice, now));
  }

  private promisesOnRecord(now: InstantMs): PromiseOnRecord[] {
    return [...this.promisesBefore, ...[...this.claims.values()].flatMap((claims) => claims.onRecord(now))];
  }

  private *inCurrency(currency: string): Generator<SimulatedInvoice> {
    for (const invoice of this.invoices.values()) if (invoice.currency === currency) yield invoice;
  }

  /** The account as a condition on customers sees it. */
  conditionFacts(now: InstantMs): ConditionFacts & { account: AccountFacts } {
    const today = localDateAt(now, this.customer.timeZone);
    const invoices = this.openInvoices(now).sort(byDueDate);
    const totals = totalsOf({ open: invoices, unapplied: this.totals.unapplied() }, today);
    this.customer.promises = this.promisesOnRecord(now);
    return { customer: this.customer, invoice: null, today, account: { totals, invoices } };
  }

  /** How the customer pays, as far as is known by now. */
  get behaviourClass(): BehaviourClass {
    return this.behaviour.class;
  }

  /** How a statement of the account stands. */
  statementStanding(today: LocalDate, last: Pick<LastStatement, 'to' | 'at'> | null): StatementStanding {
    return this.movements.standing(this.totals.isAnything(), today, last);
  }

  /** Keeps the customer's contact rules: of what is collected and open, how much is under which. They are worked out anew only where the first comes under some, or the last is settled. */
  private count({ collected: { policy: { contact } } }: SimulatedInvoice, more: 1 | -1): void {
    const before = this.underRules.get(contact) ?? 0;
    if (before + more > 0) this.underRules.set(contact, before + more);
    else this.underRules.delete(contact);
    if (before === 0 || before + more === 0) this.customer.contactRules = strictestOf([...this.underRules.keys()]);
  }

  /** Takes note of the invoices that a segment's email listed: as listed all of them where reminders fall to a segment (`fall`), else those of which one did before; as written about all. */
  noteListed(invoices: readonly InvoiceFacts[], on: LocalDate, fall: boolean): void {
    for (const { externalId, listedOn } of invoices) {
      const invoice = this.invoices.get(externalId);
      if (!invoice) continue;
      if (fall || listedOn) invoice.listedOn = [...invoice.listedOn ?? [], on];
      invoice.contactsOn.push(on);
    }
  }

  /** Takes note of what was decided. */
  record(turn: Turn): void {
    for (const decision of turn.decisions) {
      const invoice = this.invoices.get(decision.invoice.externalId)!;
      invoice.progress.push(stepRecord(decision));
      invoice.holds = holdsAfter(invoice.holds, decision);
      if (decision.action === 'charge' && decision.outcome === 'executed') this.movements.noteCharge(decision.on, decision.at);
      if (decision.action === 'discount' && decision.outcome === 'executed') this.offer(decision);
    }
    if (turn.contacts.length > 0) {
      const { lastContactOn, contactsOn } = contactsAfter(this.customer, turn);
      this.customer.lastContactOn = lastContactOn;
      this.customer.contactsOn = contactsOn;
      eachWrittenAbout(turn, (id, on) => this.invoices.get(id)!.contactsOn.push(on));
    }
    for (const decision of turn.decisions) this.start(decision);
  }

  /** Brings an invoice under the policy that a step of it starts, once the whole turn is on record. */
  private start(decision: Decision): void {
    const name = policyStartedBy(decision);
    if (name === null) return;
    const next = this.others.get(name);
    if (!next) throw new LedgerError(`step "${decision.step}" of ${decision.policy.policy} starts the policy "${name}", which is not known here`);
    const invoice = this.invoices.get(decision.invoice.externalId)!;
    const { after } = planStart(this.customer, invoice.collected, next, decision.at, invoice.stays?.get(next));
    const stays = (invoice.stays ?? new Map<Policy, StepRecord[]>()).set(invoice.collected.policy, invoice.progress);
    const isOpen = invoice.openMinor > 0;
    if (isOpen) this.count(invoice, -1);
    this.ask(askedByPolicy(next));
    Object.assign(invoice, after, { progress: [...after.progress], stays, collected: { invoice, policy: next } });
    if (isOpen) this.count(invoice, 1);
  }

  /** Puts aside the invoices that have nothing to come unless the ledger changes. */
  retire(): void {
    if (this.active.some((invoice) => invoice.nextAt === Infinity)) this.active = this.active.filter((invoice) => invoice.nextAt !== Infinity);
  }
}
