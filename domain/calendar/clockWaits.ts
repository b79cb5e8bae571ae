/** What a manual clock waits for before it goes on: ledger events to be relayed, plans that are owed, steps that are due, messages to be handed over, and runs of segments, automations and campaigns. */
export const clockWaits = ['events', 'plans', 'steps', 'messages', 'segments', 'automations', 'campaigns'] as const;
export type ClockWait = (typeof clockWaits)[number];
