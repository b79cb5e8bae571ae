import { randomUUID } from 'node:crypto';
import { taskDueOn } from '../../domain/automation/decideFiring';
import { addDays, type InstantMs } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import type { CampaignStep, Incentive, UrgentTask } from '../../domain/campaign/types';
import { discountRuleFor } from '../../domain/policy/terms';
import type { ContactRole } from '../../domain/policy/types';
import { escalatedTask } from '../../domain/task/escalation';
import type { WantedTask } from '../../domain/task/schema';
import type { LedgerCandidate } from '../automations/candidates';
import type { NewOffer } from '../discounts';
import type { QueuedMessage } from '../mail/queueMessage';
import type { NewNotice } from '../work/raiseNotices';
import { taskWanted, type NewTask } from '../work/raiseTasks';
import type { RunRow } from './runs';

/** A step that is taken for one customer. */
export interface TakenStep {
  run: RunRow;
  step: CampaignStep;
  customerId: number;
  externalId: string;
  group: string;
  /** What it is about, at least one: the oldest first. */
  invoices: readonly LedgerCandidate[];
  writes: boolean;
  now: InstantMs;
}

export interface StepEffects {
  message: QueuedMessage | null;
  offers: NewOffer[];
  task: NewTask | null;
  notice: NewNotice | null;
}

/** An email lists so many invoices at most. */
const invoicesMax = 100;

/** What is to be written for a step; all of it is keyed by run, customer and step. */
export function stepEffects(taken: TakenStep): StepEffects {
  const { step: { action }, writes } = taken;
  switch (action.kind) {
    case 'email': {
      const offer = offerOf(taken, action.discount ?? null);
      return { message: messageOf(taken, action.template, action.to, offer), offers: offersOf(taken, offer), task: null, notice: null };
    }
    case 'task':
      return { message: null, offers: [], task: { ...taskOf(taken, action), ...taskWanted(action), instructions: instructionsOf(action, taken) }, notice: null };
    case 'escalate':
      return {
        message: writes && action.template !== null ? messageOf(taken, action.template, ['escalation'], null) : null,
        offers: [],
        task: action.task && { ...taskOf(taken, action.task), ...escalatedTask(action.task, `the campaign ${taken.run.campaign.title}`, 'none of its earlier steps was answered') },
        notice: action.audience === null ? null : noticeOf(taken, action.audience, action.task?.title ?? `{customer} has not answered: ${taken.run.campaign.title}`),
      };
  }
}

function keyOf({ run, externalId, step }: TakenStep): string {
  return `campaign:${run.key}/${run.run}/${externalId}/${step.id}`;
}

/** What the customer's group is offered in this step. */
function offerOf({ run: { campaign: { experiment } }, group, step }: TakenStep, ownOffer: Incentive | null): Incentive | null {
  const instead = experiment?.discounts?.[group];
  return instead && Object.hasOwn(instead, step.id) ? (instead[step.id] ?? null) : ownOffer;
}

function messageOf(taken: TakenStep, template: string, to: readonly ContactRole[], offer: Incentive | null): QueuedMessage {
  const { run, step, customerId, group, invoices, now } = taken;
  const { customer } = invoices[0]!;
  const today = localDateAt(now, customer.timeZone);
  return {
    id: randomUUID(), source: 'campaign', idempotencyKey: keyOf(taken), customerId, template: run.campaign.experiment?.templates[group]?.[step.id] ?? template,
    language: customer.language, to, attachInvoice: false, contactOn: today, ledgerVersion: customer.ledgerVersion, queuedAt: now,
    invoices: invoices.slice(0, invoicesMax).map(({ invoiceId }) => ({ invoiceId, step: `campaign:${run.key}/${step.id}` })),
    content: { campaign: { name: run.campaign.title, offer: offer?.terms ?? null, expiresOn: offer ? addDays(today, offer.forDays) : null } },
  };
}

/** What a step offers on the invoices that its email lists; on one in a currency for which no amount is set, nothing. */
function offersOf(taken: TakenStep, offer: Incentive | null): NewOffer[] {
  if (!offer) return [];
  return taken.invoices.slice(0, invoicesMax).flatMap(({ invoice, invoiceId }) => {
    const rule = discountRuleFor(offer.terms, invoice.currency);
    return rule ? [{ key: `${keyOf(taken)}/${invoice.externalId}`, invoiceId, source: 'campaign' as const, sourceName: taken.run.campaign.title, rule, forDays: offer.forDays }] : [];
  });
}

function taskOf(taken: TakenStep, { queue, title, dueInDays }: UrgentTask): NewTask {
  const { customerId, invoices, now } = taken;
  return {
    key: keyOf(taken), queue, title, customerId, invoiceId: null, dueOn: taskDueOn(dueInDays, now, invoices[0]!.customer.timeZone), at: now, instructions: null,
  };
}

/** Where neither the step nor a template says how, the task says at least where it comes from. */
function instructionsOf({ instructions, template }: WantedTask, { run: { campaign } }: TakenStep): string | null {
  return instructions ?? (template ? null : `Campaign: ${campaign.title}`);
}

function noticeOf(taken: TakenStep, audience: string, title: string): NewNotice {
  return { key: keyOf(taken), audience, title, customerId: taken.customerId, invoiceId: null, at: taken.now };
}
