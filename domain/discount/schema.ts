import { z } from 'zod';

/** A discount for what is paid within some days, as people write it. */
export const incentiveDocument = z.strictObject({
  percent: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/, 'must be a percentage with a point and at most four decimals, such as "2.5"').optional(),
  fixed: z.record(z.string().regex(/^[A-Z]{3}$/), z.string()).optional().describe('By currency, as in {"USD": "25.00"}'),
  forDays: z.int().min(1).max(365).describe('A payment received until the end of so many days later, where the customer is, meets it'),
}).refine(({ percent, fixed }) => (percent === undefined) !== (fixed === undefined), { error: 'say either percent or fixed amounts' });
export type IncentiveDocument = z.output<typeof incentiveDocument>;
