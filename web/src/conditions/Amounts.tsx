import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { moneyInput } from '../format/money';
import { overviewQuery } from '../overview/queries';
import classes from './Amounts.module.css';

/** So many amounts are shown whether or not their currency is in use. */
const shownMax = 6;
/** So few stand beside what they belong to. */
const alongsideMax = 2;

interface Props {
  label: string;
  value: Record<string, string>;
  onChange: (value: Record<string, string>) => void;
}

/** One amount for each currency: those in use first, the others of a long list on request. */
export function Amounts({ label, value, onChange }: Props) {
  const { data: overview } = useQuery(overviewQuery);
  const [unfolded, setUnfolded] = useState(false);
  const [added, setAdded] = useState<readonly string[]>([]);
  const listId = useId();
  const inUse = new Set(overview?.currencies.map(({ currency }) => currency));
  const all = Object.keys(value);
  const first = all.filter((currency) => inUse.has(currency) || added.includes(currency));
  const others = all.filter((currency) => !first.includes(currency));
  const foldable = all.length > shownMax && others.length > 1;
  const shown = foldable && !unfolded ? (first.length > 0 ? first : others.slice(0, shownMax)) : [...first, ...others];
  const folded = all.length - shown.length;
  const add = (currency: string | null) => {
    if (currency === null) return;
    setAdded([...added, currency]);
    onChange({ ...value, [currency]: moneyInput(0, currency) });
    requestAnimationFrame(() => document.getElementById(`${listId}-${currency}`)?.focus());
  };
  const remove = (currency: string) => onChange(Object.fromEntries(Object.entries(value).filter(([each]) => each !== currency)));
  return (
    <Stack gap={4} {...(all.length > alongsideMax ? below : {})}>
      <div className={classes.amounts} id={listId} role="group" aria-label={`${label}: amounts`}>
        {shown.map((currency) => (
          <Group gap={4} key={currency} wrap="nowrap">
            <TextInput
              id={`${listId}-${currency}`} aria-label={`${label}: amount in ${currency}`} inputMode="decimal" value={value[currency] ?? ''} leftSection={<Text size="xs" c="dimmed">{currency}</Text>} leftSectionWidth={40} flex={1}
              onChange={(event) => onChange({ ...value, [currency]: event.currentTarget.value })}
            />
            <ActionIcon variant="subtle" color="gray" aria-label={`Take ${currency} off`} disabled={all.length === 1} onClick={() => remove(currency)}><IconX size={14} aria-hidden /></ActionIcon>
          </Group>
        ))}
      </div>
      <Group gap={4}>
        {foldable && <Button size="compact-xs" variant="subtle" aria-expanded={unfolded} aria-controls={listId} onClick={() => setUnfolded(!unfolded)}>{unfolded ? 'Fewer currencies' : `${folded} more currencies`}</Button>}
        <Select
          key={all.length} aria-label={`${label}: another currency`} placeholder="Add a currency" size="xs" w={140} searchable value={null} leftSection={<IconPlus size={12} aria-hidden />}
          data={currencies.filter((currency) => !(currency in value))} onChange={add} nothingFoundMessage="No such currency" comboboxProps={{ width: 180, position: 'bottom-start' }}
        />
      </Group>
    </Stack>
  );
}

/** A long list fills a line of its own, below what it belongs to and the buttons beside that. */
const below = { w: '100%', style: { order: 1 } };

const currencies = Intl.supportedValuesOf('currency');
