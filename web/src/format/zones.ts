/** Minutes that `timeZone` is ahead of UTC at an instant. */
function offsetMinutes(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  }).formatToParts(new Date(atMs));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  const wallMs = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.round((wallMs - Math.floor(atMs / 1000) * 1000) / 60_000);
}

/** The instant at which `date` begins in `timeZone`, as ISO. */
export function startOfDayIn(date: string, timeZone: string): string {
  const midnightUtcMs = Date.parse(`${date}T00:00:00Z`);
  const firstGuessMs = midnightUtcMs - offsetMinutes(midnightUtcMs, timeZone) * 60_000;
  // Once more with the offset of the guess itself: the two differ around a change to or from summer time.
  return new Date(midnightUtcMs - offsetMinutes(firstGuessMs, timeZone) * 60_000).toISOString();
}
