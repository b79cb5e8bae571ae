import type { PreviewResult } from './queries';

export type TallyKey = keyof PreviewResult['today'];

/** What is counted of what a policy does, in the order in which it is told. */
export const tallyLabels: Readonly<Record<TallyKey, string>> = {
  emails: 'Emails of steps', segmentEmails: 'Emails of segments', statements: 'Statements of account', tasks: 'Tasks', holds: 'Holds', handoffs: 'Hand-offs', notices: 'Notifications', escalations: 'Escalations', charges: 'Charges', offers: 'Discounts offered', starts: 'Other policies started',
};
export const tallyKeys = Object.keys(tallyLabels) as TallyKey[];
