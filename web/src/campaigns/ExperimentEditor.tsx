import { ActionIcon, Button, Checkbox, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { CampaignDocument, CampaignStep } from './queries';

type Experiment = NonNullable<CampaignDocument['experiment']>;
type Variant = NonNullable<Experiment['variants']>[number];
const variantsMax = 5;

interface Props {
  experiment: Experiment | null;
  steps: readonly CampaignStep[];
  onChange: (experiment: Experiment | null) => void;
}

export function ExperimentEditor({ experiment, steps, onChange }: Props) {
  const variants = experiment?.variants ?? [];
  const change = (part: Partial<Experiment>): void => onChange({ ...(experiment ?? { holdoutPercent: 10, horizonDays: 30, variants: [] }), ...part });
  const replace = (index: number, variant: Variant): void => change({ variants: variants.map((each, at) => (at === index ? variant : each)) });
  const rest = 100 - (experiment?.holdoutPercent ?? 0) - variants.reduce((sum, { percent }) => sum + percent, 0);
  return (
    <Stack gap="sm" maw={1000}>
      <Checkbox label="Find out whether it helps" description="Some customers, drawn at random, get nothing or something else" checked={experiment !== null} onChange={(event) => onChange(event.currentTarget.checked ? { holdoutPercent: 10, horizonDays: 30, variants: [] } : null)} />
      {experiment && <>
        <Group gap="sm" align="end">
          <NumberInput label="Held out, percent" w={150} min={0} max={50} allowDecimal={false} value={experiment.holdoutPercent} onChange={(percent) => change({ holdoutPercent: Number(percent) || 0 })} />
          <NumberInput label="A customer counts after days" w={200} min={1} max={180} allowDecimal={false} value={experiment.horizonDays} onChange={(days) => change({ horizonDays: Number(days) || 1 })} />
        </Group>
        {variants.map((variant, index) => (
          <Group key={index} gap="sm" align="end" role="group" aria-label={`Variant ${index + 1}`}>
            <TextInput label={`Variant ${index + 1}`} w={120} value={variant.name} onChange={(event) => replace(index, { ...variant, name: event.currentTarget.value })} />
            <NumberInput label="Percent" w={90} min={1} max={100} allowDecimal={false} value={variant.percent} onChange={(percent) => replace(index, { ...variant, percent: Number(percent) || 1 })} />
            {steps.filter(({ action }) => action.kind === 'email').map(({ id, action }) => <TextInput
              key={id} label={`Template of ${id}`} w={170} placeholder={action.kind === 'email' ? action.template : ''} value={variant.templates?.[id] ?? ''}
              onChange={(event) => replace(index, { ...variant, templates: withTemplate(variant.templates ?? {}, id, event.currentTarget.value) })}
            />)}
            <TextInput label="Policy" w={170} placeholder="as before" value={variant.policy ?? ''} onChange={(event) => replace(index, { ...variant, policy: event.currentTarget.value.trim() || null })} />
            <ActionIcon variant="subtle" color="gray" mb={4} aria-label={`Remove variant ${index + 1}`} onClick={() => change({ variants: variants.filter((_each, at) => at !== index) })}><IconX size={14} aria-hidden /></ActionIcon>
          </Group>
        ))}
        {variants.length > 0 && rest !== 0 && <Text size="sm" c="red" role="alert">The percentages are to add up to 100: {rest > 0 ? `${rest} are left` : `${-rest} are too many`}.</Text>}
        {variants.length < variantsMax && <Group><Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change({ variants: [...variants, { name: `v${variants.length + 1}`, percent: Math.max(1, rest), templates: {}, policy: null }] })}>Add a variant</Button></Group>}
      </>}
    </Stack>
  );
}

function withTemplate(templates: Readonly<Record<string, string>>, step: string, template: string): Record<string, string> {
  const { [step]: _before, ...others } = templates;
  return template.trim() === '' ? others : { ...others, [step]: template.trim() };
}
