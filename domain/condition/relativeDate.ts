/** Dates that move with today, as conditions write them: `today`, `today-30d`, `today+7d`. */
const pattern = /^today(?:([+-])(\d{1,5})d)?$/;
/** A century: beyond it nobody means a day. */
const daysMax = 36_525;

/** Days from today, or null for a text that is no such date. */
export function parseRelativeDate(text: string): number | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const days = Number(match[2] ?? 0);
  if (days > daysMax) return null;
  return match[1] === '-' && days > 0 ? -days : days;
}

export function relativeDateText(days: number): string {
  return days === 0 ? 'today' : days < 0 ? `today-${-days}d` : `today+${days}d`;
}

/** In words: "30 days before today". */
export function relativeDateWords(days: number): string {
  if (days === 0) return 'today';
  const count = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
  return days < 0 ? `${count} ago` : `${count} from today`;
}
