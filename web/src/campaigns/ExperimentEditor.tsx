import { ActionIcon, Button, Checkbox, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { PolicySelect } from '../policy/PolicySelect';
import { campaignKinds, TemplateSelect } from '../templates/TemplateSelect';
import { DiscountFields, type Discount } from './DiscountFields';
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
            {steps.map((step) => <VariantStep key={step.id} step={step} variant={variant} onChange={(next) => replace(index, next)} />)}
            <PolicySelect label="Policy" w={200} placeholder="as before" clearable value={variant.policy ?? null} onChange={(policy) => replace(index, { ...variant, policy })} />
            <ActionIcon variant="subtle" color="gray" mb={4} aria-label={`Remove variant ${index + 1}`} onClick={() => change({ variants: variants.filter((_each, at) => at !== index) })}><IconX size={14} aria-hidden /></ActionIcon>
          </Group>
        ))}
        {variants.length > 0 && rest !== 0 && <Text size="sm" c="red" role="alert">The percentages are to add up to 100: {rest > 0 ? `${rest} are left` : `${-rest} are too many`}.</Text>}
        {variants.length < variantsMax && <Group><Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change({ variants: [...variants, { name: `v${variants.length + 1}`, percent: Math.max(1, rest), templates: {}, discounts: {}, policy: null }] })}>Add a variant</Button></Group>}
      </>}
    </Stack>
  );
}

/** What a variant sends and offers in a step that writes, in place of what the step itself does. */
function VariantStep({ step: { id, action }, variant, onChange }: { step: CampaignStep; variant: Variant; onChange: (variant: Variant) => void }) {
  if (action.kind === 'task' || (action.kind === 'escalate' && !action.template)) return null;
  const discount = variant.discounts?.[id];
  const choice = discount === undefined ? 'same' : discount === null ? 'none' : 'own';
  const offer = (next: Discount | null | undefined): void => onChange({ ...variant, discounts: withEntry(variant.discounts ?? {}, id, next) });
  return (
    <>
      <TemplateSelect label={`Template of ${id}`} w={200} kinds={campaignKinds} clearable placeholder={action.template ?? ''} value={variant.templates?.[id] ?? null} onChange={(template) => onChange({ ...variant, templates: withEntry(variant.templates ?? {}, id, template ?? undefined) })} />
      {action.kind === 'email' && <NativeSelect
        label={`Discount of ${id}`} w={150} value={choice} data={[{ value: 'same', label: 'as the step' }, { value: 'none', label: 'none' }, { value: 'own', label: 'its own' }]}
        onChange={(event) => offer(event.currentTarget.value === 'same' ? undefined : event.currentTarget.value === 'none' ? null : { percent: '2', forDays: 14 })}
      />}
      {discount && <DiscountFields discount={discount} onChange={offer} />}
    </>
  );
}

function withEntry<T>(entries: Readonly<Record<string, T>>, name: string, value: T | undefined): Record<string, T> {
  const { [name]: _before, ...others } = entries;
  return value === undefined ? others : { ...others, [name]: value };
}
