import type { IncentiveDocument } from '../discount/schema';
import { holdout } from '../experiment/assign';
import { problemsShown } from '../automation/readAutomation';
import { Problems, type DocumentPath } from '../policy/problems';
import { suggestion } from '../policy/nearest';
import { readCondition } from '../policy/readCondition';
import { readDiscount } from '../policy/readTerms';
import type { CampaignDocument } from './schema';
import type { Campaign, CampaignStep, Incentive } from './types';

/** What a document means, or all that is wrong with it. Its form has been checked by its schema. */
export function readCampaign(document: CampaignDocument): { campaign: Campaign } | { problems: { path: string; message: string }[] } {
  const problems = new Problems();
  const { title, audience, schedule, experiment } = document;
  const steps = document.steps.map((step, index) => readStep(step, ['steps', index], problems));
  const when = audience.when === null ? null : readCondition(audience.when, ['audience', 'when'], problems, { subject: 'invoice', ...(schedule.kind === 'event' ? { event: schedule.event } : {}) });
  if (audience.segment === null && audience.when === null && schedule.kind !== 'event') problems.add(['audience'], 'names neither a segment nor a condition: say whom it is for');
  const ids = steps.map(({ id }) => id);
  ids.forEach((id, index) => {
    if (ids.indexOf(id) < index) problems.add(['steps', index, 'id'], `"${id}" is there already`);
  });
  if (steps.length === 0 && !comparesPolicies(experiment)) problems.add(['steps'], 'is empty: say what is done, or compare policies');
  const discounts = experiment && readDiscounts(experiment, problems);
  if (experiment) checkExperiment(experiment, document.steps, problems);
  if (problems.found.length > 0) return { problems: problemsShown(problems) };
  return {
    campaign: {
      title, steps,
      audience: { segment: audience.segment, when, mode: audience.mode },
      schedule: schedule.kind === 'at' ? { kind: 'at', at: Date.parse(schedule.at) } : schedule,
      experiment: experiment && {
        horizonDays: experiment.horizonDays,
        groups: [...(experiment.holdoutPercent > 0 ? [{ name: holdout, percent: experiment.holdoutPercent }] : []), ...variantsOf(experiment)],
        templates: Object.fromEntries(experiment.variants.map(({ name, templates }) => [name, templates])),
        ...(discounts ? { discounts } : {}),
        ...(comparesPolicies(experiment) ? { policies: Object.fromEntries(experiment.variants.flatMap(({ name, policy }) => (policy === null ? [] : [[name, policy]]))) } : {}),
      },
    },
  };
}

function readStep({ id, afterDays, action }: CampaignDocument['steps'][number], path: DocumentPath, problems: Problems): CampaignStep {
  if (action.kind !== 'email') return { id, afterDays, action };
  const { discount, ...email } = action;
  return { id, afterDays, action: { ...email, discount: discount && readIncentive(discount, [...path, 'action', 'discount'], problems) } };
}

function readIncentive(discount: IncentiveDocument, path: DocumentPath, problems: Problems): Incentive {
  return { terms: readDiscount(discount, path, problems), forDays: discount.forDays };
}

/** What variants offer in place of what the steps do; null where none does. */
function readDiscounts({ variants }: Experiment, problems: Problems): NonNullable<Campaign['experiment']>['discounts'] | null {
  if (variants.every(({ discounts }) => Object.keys(discounts).length === 0)) return null;
  return Object.fromEntries(variants.map(({ name, discounts }, index) => [name, Object.fromEntries(Object.entries(discounts).map(([step, discount]) => (
    [step, discount && readIncentive(discount, ['experiment', 'variants', index, 'discounts', step], problems)])))]));
}

type Experiment = NonNullable<CampaignDocument['experiment']>;

/** Without variants of its own, all who are not held out are one. */
function variantsOf({ holdoutPercent, variants }: Experiment): { name: string; percent: number }[] {
  return variants.length > 0 ? variants.map(({ name, percent }) => ({ name, percent })) : [{ name: 'all', percent: 100 - holdoutPercent }];
}

function comparesPolicies(experiment: Experiment | null): boolean {
  return experiment?.variants.some(({ policy }) => policy !== null) ?? false;
}

function checkExperiment(experiment: Experiment, steps: CampaignDocument['steps'], problems: Problems): void {
  const { holdoutPercent, variants } = experiment;
  if (variants.length === 1) problems.add(['experiment', 'variants'], 'is one: name two or more, or none to compare with a holdout alone');
  if (variants.length === 0 && holdoutPercent === 0) problems.add(['experiment'], 'compares nothing: give it a holdout or variants');
  const sum = holdoutPercent + variantsOf(experiment).reduce((total, { percent }) => total + percent, 0);
  if (sum !== 100) problems.add(['experiment', 'variants'], `the percentages with the holdout's add up to ${sum}`, '100');
  const names = variants.map(({ name }) => name);
  names.forEach((name, index) => {
    if (name === holdout || names.indexOf(name) < index) problems.add(['experiment', 'variants', index, 'name'], `"${name}" is taken`);
    const { templates = {}, discounts = {} } = variants[index] ?? {};
    const path: DocumentPath = ['experiment', 'variants', index];
    checkStepNames(Object.keys(templates), [...path, 'templates'], 'is no step of this campaign that writes', steps.filter(writes), problems);
    checkStepNames(Object.keys(discounts), [...path, 'discounts'], 'is no email of this campaign', steps.filter(({ action }) => action.kind === 'email'), problems);
  });
}

function writes({ action }: CampaignDocument['steps'][number]): boolean {
  return action.kind === 'email' || (action.kind === 'escalate' && action.template !== null);
}

function checkStepNames(named: readonly string[], path: DocumentPath, message: string, steps: CampaignDocument['steps'], problems: Problems): void {
  const ids = steps.map(({ id }) => id);
  for (const step of named) if (!ids.includes(step)) problems.add([...path, step], message + suggestion(step, ids), ids.join(', '));
}
