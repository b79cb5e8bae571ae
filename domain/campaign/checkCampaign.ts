import { problemsShown, type AutomationProblem } from '../automation/readAutomation';
import { Problems, type DocumentPath } from '../policy/problems';
import type { WantedTask } from '../task/schema';
import { taskFields, unknownPlaceholders, type TaskField } from '../task/wording';
import { checkAudience, checkPolicyName, checkSegmentName, checkNamesOf, checkTaskNames, checkTemplateName, type KnownNames } from '../templates/named';
import type { TemplateKind } from '../templates/types';
import type { CampaignDocument } from './schema';

const emails: { kinds: readonly TemplateKind[]; whose: string } = { kinds: ['campaign', 'customer', 'invoice-delivery'], whose: "a campaign's email" };
/** A campaign's tasks are about a customer and all that it owes. */
const ofInvoices: readonly TaskField[] = ['invoice', 'open', 'dueOn', 'daysOverdue'];

/** What a document names that is not there. Its form and its condition have been read. */
export function checkCampaign({ audience, steps, experiment }: CampaignDocument, names: KnownNames): AutomationProblem[] {
  const problems = new Problems();
  if (audience.segment !== null) checkSegmentName(audience.segment, ['audience', 'segment'], names, problems);
  checkNamesOf(audience.when, ['audience', 'when'], names, problems);
  steps.forEach(({ action }, index) => {
    const path: DocumentPath = ['steps', index, 'action'];
    if (action.kind !== 'task' && action.template !== null) checkTemplateName(action.template, emails, [...path, 'template'], names, problems);
    if (action.kind === 'task') checkTask(action, path, names, problems);
    if (action.kind === 'escalate' && action.task) checkTask(action.task, [...path, 'task'], names, problems);
    if (action.kind === 'escalate' && action.audience !== null) checkAudience(action.audience, [...path, 'audience'], names, problems);
  });
  experiment?.variants.forEach(({ templates, policy }, index) => {
    const path: DocumentPath = ['experiment', 'variants', index];
    for (const [step, template] of Object.entries(templates)) checkTemplateName(template, emails, [...path, 'templates', step], names, problems);
    if (policy !== null) checkPolicyName(policy, [...path, 'policy'], names, problems);
  });
  return problemsShown(problems);
}

function checkTask(task: WantedTask, path: DocumentPath, names: KnownNames, problems: Problems): void {
  checkTaskNames(task, path, names, problems);
  checkWording(task.title, [...path, 'title'], problems);
  checkWording(task.instructions ?? '', [...path, 'instructions'], problems);
}

function checkWording(text: string, path: DocumentPath, problems: Problems): void {
  for (const message of unknownPlaceholders(text)) problems.add(path, message);
  for (const field of ofInvoices) {
    if (text.includes(`{${field}}`)) problems.add(path, `{${field}} has no value: a campaign's task is about a customer, not about one invoice`, taskFields.filter((each) => !ofInvoices.includes(each)).map((each) => `{${each}}`).join(', '));
  }
}
