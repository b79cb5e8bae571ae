import { sentence } from '../format/words';
import classes from './StateBadge.module.css';

export type Tone = 'neutral' | 'good' | 'active' | 'warn' | 'bad';

/** A state as a word in a calm colour; the word alone says it all. */
export function StateBadge({ state, tone, label }: { state: string; tone: Tone; label?: string }) {
  return <span className={classes.badge} data-tone={tone}>{label ?? sentence(state)}</span>;
}
