import type { TemplateKind } from './queries';

export const kindNames: Readonly<Record<TemplateKind, string>> = {
  customer: 'Reminders and notices',
  'invoice-delivery': 'Invoice delivery',
  statement: 'Statement',
  segment: 'Segment',
  campaign: 'Campaign',
  internal: 'Own people',
};
