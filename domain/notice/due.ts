import { dayMs, type InstantMs } from '../calendar/dates';
import { dayAt, instantAt } from '../calendar/zones';

/** How a person wants to be told by email of what is theirs. */
export const noticeMailChoices = ['none', 'at-once', 'daily'] as const;
export type NoticeMailChoice = (typeof noticeMailChoices)[number];

/** What comes within this time after a mail goes into the next one: whoever is given a hundred tasks gets a list, not a hundred mails. */
export const togetherMs = 10 * 60_000;
/** The daily list leaves at seven, before work begins. */
const dailyMinute = 7 * 60;

export interface WaitingNotices {
  choice: NoticeMailChoice;
  /** IANA; the person's own. */
  timeZone: string;
  /** When what waits longest came up. */
  oldestAt: InstantMs;
  /** When the person was last written to. */
  lastMailAt: InstantMs | null;
}

/** Whether a person is to be written to now. By what waits alone, so that an outage delays a mail and loses none. */
export function isNoticeMailDue({ choice, timeZone, oldestAt, lastMailAt }: WaitingNotices, now: InstantMs): boolean {
  switch (choice) {
    case 'none':
      return false;
    case 'at-once':
      return lastMailAt === null || now - lastMailAt >= togetherMs || now < lastMailAt;
    case 'daily':
      return oldestAt < lastMorning(now, timeZone);
  }
}

function lastMorning(now: InstantMs, timeZone: string): InstantMs {
  const today = instantAt(dayAt(now, timeZone), dailyMinute, timeZone);
  return today <= now ? today : instantAt(dayAt(now - dayMs, timeZone), dailyMinute, timeZone);
}
