import { holdout } from '../experiment/assign';
import { Problems, pathText, type DocumentPath } from '../policy/problems';
import { readCondition } from '../policy/readCondition';
import { readDiscount } from '../policy/readTerms';
import type { CampaignDocument } from './schema';
import type { Campaign, CampaignStep } from './types';

/** What a document means, or all that is wrong with it. Its form has been checked by its schema. */
export function readCampaign(document: CampaignDocument): { campaign: Campaign } | { problems: { path: string; message: string }[] } {
  const problems = new Problems();
  const { title, audience, schedule, experiment } = document;
  const steps = document.steps.map((step, index) => readStep(step, ['steps', index], problems));
  const when = audience.when === null ? null : readCondition(audience.when, ['audience', 'when'], problems);
  if (audience.segment === null && audience.when === null && schedule.kind !== 'event') problems.add(['audience'], 'names neither a segment nor a condition: say whom it is for');
  const ids = steps.map(({ id }) => id);
  ids.forEach((id, index) => {
    if (ids.indexOf(id) < index) problems.add(['steps', index, 'id'], `"${id}" is there already`);
  });
  if (steps.length === 0 && !comparesPolicies(experiment)) problems.add(['steps'], 'is empty: say what is done, or compare policies');
  if (experiment) checkExperiment(experiment, ids, problems);
  if (problems.found.length > 0) {
    return { problems: problems.found.map(({ path, message, allowed }) => ({ path: pathText(path), message: allowed ? `${message}; allowed: ${allowed}` : message })) };
  }
  return {
    campaign: {
      title, steps,
      audience: { segment: audience.segment, when, mode: audience.mode },
      schedule: schedule.kind === 'at' ? { kind: 'at', at: Date.parse(schedule.at) } : schedule,
      experiment: experiment && {
        horizonDays: experiment.horizonDays,
        groups: [...(experiment.holdoutPercent > 0 ? [{ name: holdout, percent: experiment.holdoutPercent }] : []), ...variantsOf(experiment)],
        templates: Object.fromEntries(experiment.variants.map(({ name, templates }) => [name, templates])),
        ...(comparesPolicies(experiment) ? { policies: Object.fromEntries(experiment.variants.flatMap(({ name, policy }) => (policy === null ? [] : [[name, policy]]))) } : {}),
      },
    },
  };
}

function readStep({ id, afterDays, action }: CampaignDocument['steps'][number], path: DocumentPath, problems: Problems): CampaignStep {
  if (action.kind === 'task') return { id, afterDays, action };
  const { discount, ...email } = action;
  return { id, afterDays, action: { ...email, discount: discount && { terms: readDiscount(discount, [...path, 'action', 'discount'], problems), forDays: discount.forDays } } };
}

type Experiment = NonNullable<CampaignDocument['experiment']>;

/** Without variants of its own, all who are not held out are one. */
function variantsOf({ holdoutPercent, variants }: Experiment): { name: string; percent: number }[] {
  return variants.length > 0 ? variants.map(({ name, percent }) => ({ name, percent })) : [{ name: 'all', percent: 100 - holdoutPercent }];
}

function comparesPolicies(experiment: Experiment | null): boolean {
  return experiment?.variants.some(({ policy }) => policy !== null) ?? false;
}

function checkExperiment(experiment: Experiment, steps: readonly string[], problems: Problems): void {
  const { holdoutPercent, variants } = experiment;
  if (variants.length === 1) problems.add(['experiment', 'variants'], 'is one: name two or more, or none to compare with a holdout alone');
  if (variants.length === 0 && holdoutPercent === 0) problems.add(['experiment'], 'compares nothing: give it a holdout or variants');
  const sum = holdoutPercent + variantsOf(experiment).reduce((total, { percent }) => total + percent, 0);
  if (sum !== 100) problems.add(['experiment', 'variants'], `the percentages with the holdout's add up to ${sum}`, '100');
  const names = variants.map(({ name }) => name);
  names.forEach((name, index) => {
    if (name === holdout || names.indexOf(name) < index) problems.add(['experiment', 'variants', index, 'name'], `"${name}" is taken`);
    for (const step of Object.keys(variants[index]?.templates ?? {})) {
      if (!steps.includes(step)) problems.add(['experiment', 'variants', index, 'templates', step], 'is no step of this campaign', steps.join(', '));
    }
  });
}
