import { firstCapital } from '../../format/words';
import { actionKinds, actionNames, nameOf, type ActionKind, type StepDraft } from './document';

const anchors: Readonly<Record<string, string>> = { issued: 'the issue date', due: 'the due date', previous: 'the step before' };

/** When a step runs, as a line tells it: "7 days after the due date, at 09:00". What the text does not say, or says wrongly, is left out. */
export function timingOf({ anchor, offset, at }: StepDraft): string {
  const from = anchors[nameOf(anchor)];
  const business = offset?.businessDays !== undefined;
  const count = Number(business ? offset?.businessDays : offset?.days);
  const time = nameOf(at) === '' ? '' : `, at ${nameOf(at)}`;
  if (from === undefined || !Number.isFinite(count)) return `${nameOf(anchor)}${time}`;
  if (count === 0) return `On ${anchor === 'previous' ? 'the day of the step before' : from}${time}`;
  const days = `${Math.abs(count)} ${business ? 'business ' : ''}${Math.abs(count) === 1 ? 'day' : 'days'}`;
  return `${days} ${count > 0 ? 'after' : 'before'} ${from}${time}`;
}

/** What of an action tells it from others of its kind. */
const tellingKeys: Partial<Record<ActionKind, string>> = { email: 'template', task: 'title', notify: 'title', escalate: 'title', leadership: 'title', hold: 'kind', handoff: 'agency', startPolicy: 'policy' };

/** What a step does, as a line tells it: "Email: overdue-7; task: Call Acme". */
export function doingOf({ actions = [] }: StepDraft): string {
  return firstCapital(actions.map((action) => {
    const kind = actionKinds.find((each) => each in action);
    if (!kind) return Object.keys(action).join(', ');
    const key = tellingKeys[kind];
    return [actionNames[kind].toLowerCase(), key === undefined ? '' : nameOf(action[kind]?.[key])].filter((word) => word !== '').join(': ');
  }).join('; '));
}
