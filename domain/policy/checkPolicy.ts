import { checkTimeZone } from '../calendar/checkTimeZone';
import { approvalOf } from '../approval/gate';
import { taskFields, unknownPlaceholders } from '../task/wording';
import { checkAudience, checkNamesOf, checkQueueName, checkTaskTemplate, type NamedInConditions } from '../templates/named';
import { checkPlace } from './checkPlace';
import { suggestion } from './nearest';
import type { DocumentPath, Problems } from './problems';
import type { Action, Policy, Step } from './types';

export interface PolicyChecks extends NamedInConditions {
  /** The email templates that exist; not checked when not given. */
  templates?: readonly string[];
  /** Whether a name means a template, where that is more than being in the list: overdue-7 and overdue-30 are both "overdue". */
  isTemplate?: (name: string) => boolean;
  /** Those of the kind internal; not checked when not given. */
  internalTemplates?: readonly string[];
  /** The policies that a step may start, by name; not checked when not given. */
  policies?: readonly string[];
  /** The queues that are set up, which are audiences too; not checked when not given. */
  queues?: readonly string[];
  /** The task templates that are in use; not checked when not given. */
  taskTemplates?: readonly string[];
}

/** What the shape of a document cannot say: everything here is about how its parts fit together, and the world. */
export function checkPolicy(policy: Policy, checks: PolicyChecks, problems: Problems): void {
  checkCalendar(policy, problems);
  checkEscalation(policy, checks, problems);
  const seen = new Map<string, number>();
  policy.steps.forEach((step, index) => {
    const path = ['steps', index];
    const earlier = seen.get(step.id);
    if (earlier !== undefined) problems.add([...path, 'id'], `"${step.id}" is the id of steps[${earlier}] too; every step needs its own`);
    else seen.set(step.id, index);
    checkTiming(policy, step, index, problems);
    checkNamesOf(step.when, [...path, 'when'], checks, problems);
    checkActions(policy, step.actions, path, checks, problems);
  });
}

function checkCalendar({ calendar }: Policy, problems: Problems): void {
  const { timeZone, window, holidays } = calendar;
  const wrongZone = timeZone === 'customer' ? null : checkTimeZone(timeZone);
  if (wrongZone !== null) {
    problems.add(['calendar', 'timeZone'], `"${timeZone}" ${wrongZone}`, 'customer, or an IANA time zone such as Europe/Berlin');
  }
  if (window.opensMinute >= window.closesMinute) {
    problems.add(['calendar', 'window'], 'the window closes before it opens', 'closes later than opens, on the same day');
  }
  if (typeof holidays === 'object') checkPlace(holidays.country, holidays.region, ['calendar', 'holidays'], problems);
}

function checkEscalation({ escalation, steps }: Policy, { queues }: PolicyChecks, problems: Problems): void {
  if (!escalation) return;
  if (queues) checkQueueName(escalation.whenNone.queue, ['escalation', 'whenNone', 'queue'], { queues }, problems);
  const ids = steps.map(({ id }) => id);
  if (ids.includes(escalation.fromStep)) return;
  problems.add(['escalation', 'from'], `no step has the id "${escalation.fromStep}"${suggestion(escalation.fromStep, ids)}`, `one of ${ids.join(', ')}`);
}

function checkTiming(policy: Policy, step: Step, index: number, problems: Problems): void {
  const path = ['steps', index];
  const { opensMinute, closesMinute } = policy.calendar.window;
  if (step.anchor === 'previous' && index === 0) {
    problems.add([...path, 'anchor'], 'the first step has no previous one', 'issued, due');
  }
  if (step.anchor !== 'due' && step.offset.count < 0) {
    problems.add([...path, 'offset'], `${step.offset.count} is before the anchor; only steps anchored on due may run before it`, '0 or more');
  }
  if (step.atMinute !== null && (step.atMinute < opensMinute || step.atMinute >= closesMinute)) {
    problems.add([...path, 'at'], 'this is outside the window of the calendar', 'a time from opens on, before closes');
  }
  const before = policy.steps.slice(0, index).findLast((other) => other.anchor === step.anchor && other.offset.unit === step.offset.unit);
  if (before && step.anchor !== 'previous' && before.offset.count > step.offset.count) {
    problems.add([...path, 'offset'], `"${step.id}" runs before "${before.id}", which stands above it`, 'steps in the order in which they run');
  }
}

function checkActions({ policy }: Policy, actions: readonly Action[], path: DocumentPath, { templates, isTemplate, internalTemplates, policies, queues, taskTemplates }: PolicyChecks, problems: Problems): void {
  const kinds = new Set<string>();
  const checkTemplate = (template: string, at: DocumentPath): void => {
    if (!templates || templates.includes(template) || isTemplate?.(template)) return;
    problems.add(at, `no email template is called "${template}"${suggestion(template, templates)}`, `one of ${templates.join(', ')}`);
  };
  actions.forEach((action, index) => {
    const at = [...path, 'actions', index, action.kind === 'start-policy' ? 'startPolicy' : action.kind];
    if (kinds.has(action.kind)) problems.add(at, `the step has a second action of the kind ${action.kind}`, 'one action of each kind in a step');
    kinds.add(action.kind);
    if (approvalOf(action) && actions.slice(0, index).some((other) => approvalOf(other))) problems.add([...at, 'approval'], 'another action of the step needs an approval already', 'one approval in a step: it is for the whole step');
    if (action.kind === 'email') checkTemplate(action.template, [...at, 'template']);
    if (action.kind === 'leadership' && internalTemplates && !internalTemplates.includes(action.template)) {
      problems.add([...at, 'template'], `no email template of the kind internal is called "${action.template}"${suggestion(action.template, internalTemplates)}`, `one of ${internalTemplates.join(', ')}`);
    }
    if (action.kind === 'escalate') for (const message of unknownPlaceholders(action.title)) problems.add([...at, 'title'], message, taskFields.map((field) => `{${field}}`).join(', '));
    if (queues && (action.kind === 'task' || action.kind === 'escalate')) checkQueueName(action.queue, [...at, 'queue'], { queues }, problems);
    if (taskTemplates && action.kind === 'task') checkTaskTemplate(action.template, [...at, 'template'], { taskTemplates }, problems);
    if (queues && (action.kind === 'notify' || action.kind === 'escalate')) checkAudience(action.audience, [...at, 'audience'], { queues }, problems);
    if (action.kind === 'hold' && action.releaseNotice) checkTemplate(action.releaseNotice.template, [...at, 'releaseNotice', 'template']);
    if (action.kind === 'start-policy') checkStarted(policy, action.policy, [...at, 'policy'], policies, problems);
  });
}

function checkStarted(own: string, started: string, at: DocumentPath, policies: readonly string[] | undefined, problems: Problems): void {
  const others = policies?.filter((name) => name !== own);
  const allowed = others === undefined ? undefined : others.join(', ') || 'publish the other policy first';
  if (started === own) problems.add(at, 'a policy cannot start itself', allowed);
  else if (others && !others.includes(started)) problems.add(at, `no policy is called "${started}"${suggestion(started, others)}`, allowed && others.length > 0 ? `one of ${allowed}` : allowed);
}
