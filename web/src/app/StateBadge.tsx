import { Badge } from '@mantine/core';
import { sentence } from '../format/words';

export type Tone = 'neutral' | 'good' | 'active' | 'warn' | 'bad';
const colors: Record<Tone, string> = { neutral: 'gray', good: 'green', active: 'ink', warn: 'yellow', bad: 'red' };

/** A state as a word in a calm colour; the word alone says it all. */
export function StateBadge({ state, tone, label }: { state: string; tone: Tone; label?: string }) {
  return <Badge size="sm" radius="sm" variant="light" color={colors[tone]} tt="none" fw={500}>{label ?? sentence(state)}</Badge>;
}
