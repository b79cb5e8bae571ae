import { Problems, type DocumentPath } from '../policy/problems';
import { unknownPlaceholders } from '../task/wording';
import { checkAudience, checkPolicyName, checkQueueName, checkNamesOf, checkTaskNames, checkTemplateName, type KnownNames } from '../templates/named';
import type { TemplateKind } from '../templates/types';
import { askingKinds } from './decideFiring';
import { problemsShown, type AutomationProblem } from './readAutomation';
import type { AutomationDocument } from './schema';

/** An automation writes about an invoice and knows nothing of segments, statements or campaigns. */
const emailKinds: readonly TemplateKind[] = ['customer', 'invoice-delivery'];

/** What a document names that is not there, and what of it could never happen. Its form and its condition have been read. */
export function checkAutomation({ trigger, when, actions }: AutomationDocument, names: KnownNames): AutomationProblem[] {
  const problems = new Problems();
  checkNamesOf(when, ['when'], names, problems);
  actions.forEach((action, index) => {
    const path: DocumentPath = ['actions', index];
    if (trigger.kind === 'invoice.settled' && (action.kind === 'email' || action.kind === 'leadership' || askingKinds.includes(action.kind))) {
      problems.add([...path, 'kind'], `a settled invoice is not asked for: after invoice.settled no ${action.kind} ever happens`, 'task, notify, escalate, assign-policy, webhook');
    }
    switch (action.kind) {
      case 'email':
        checkTemplateName(action.template, { kinds: emailKinds, whose: `an email about ${trigger.kind}` }, [...path, 'template'], names, problems);
        break;
      case 'leadership':
        checkTemplateName(action.template, { kinds: ['internal'], whose: 'an email to leadership' }, [...path, 'template'], names, problems);
        checkWording(action.title, [...path, 'title'], problems);
        checkWording(action.text ?? '', [...path, 'text'], problems);
        break;
      case 'assign-policy':
        checkPolicyName(action.policy, [...path, 'policy'], names, problems);
        break;
      case 'task':
        checkTaskNames(action, path, names, problems);
        checkWording(action.title, [...path, 'title'], problems);
        checkWording(action.instructions ?? '', [...path, 'instructions'], problems);
        break;
      case 'escalate':
        checkQueueName(action.queue, [...path, 'queue'], names, problems);
        checkAudience(action.audience, [...path, 'audience'], names, problems);
        checkWording(action.title, [...path, 'title'], problems);
        break;
      case 'notify':
        checkAudience(action.audience, [...path, 'audience'], names, problems);
        checkWording(action.title, [...path, 'title'], problems);
        break;
      case 'hold':
        if (action.releaseNotice) checkTemplateName(action.releaseNotice.template, { kinds: emailKinds, whose: 'an email about a hold that was released' }, [...path, 'releaseNotice', 'template'], names, problems);
        break;
      case 'pause':
      case 'charge':
      case 'handoff':
      case 'discount':
      case 'webhook':
    }
  });
  return problemsShown(problems);
}

function checkWording(text: string, path: DocumentPath, problems: Problems): void {
  for (const message of unknownPlaceholders(text)) problems.add(path, message);
}
