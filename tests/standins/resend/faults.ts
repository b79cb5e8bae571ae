import { z } from 'zod';

/** What can go wrong with a request to POST /emails. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** Answers with an error and accepts nothing. */
  z.object({ kind: z.literal('refuse'), status: z.number().int().min(400).max(599), name: z.string(), message: z.string().default('as ordered'), headers: z.record(z.string(), z.string()).default({}) }),
  /** Accepts the email, then breaks the connection: the answer is lost. */
  z.object({ kind: z.literal('lose-answer') }),
  /** Breaks the connection before it accepts. */
  z.object({ kind: z.literal('drop') }),
  /** Accepts the email, then answers 500. */
  z.object({ kind: z.literal('fail-after') }),
  /** Accepts the email, then keeps its answer for a while. */
  z.object({ kind: z.literal('hold-answer'), ms: z.number().int().min(0).max(120_000) }),
  /** Takes its time between reserving the key and accepting. */
  z.object({ kind: z.literal('delay'), ms: z.number().int().min(0).max(120_000) }),
]);
export type Fault = z.infer<typeof faultSchema>;

export const faultPlanSchema = z.object({
  /** For the next requests, one each. */
  next: z.array(faultSchema).default([]),
  /** For any request after those: each fault with its share of all requests, 0 to 1. */
  random: z.array(z.object({ share: z.number().min(0).max(1), fault: faultSchema })).default([]),
});
export type FaultPlan = z.input<typeof faultPlanSchema>;

export const serverError: Fault = { kind: 'refuse', status: 500, name: 'internal_server_error', message: 'An unexpected error occurred', headers: {} };
export const tooMany = (retryAfterSeconds: number): Fault => ({
  kind: 'refuse', status: 429, name: 'rate_limit_exceeded', message: 'Too many requests',
  headers: { 'retry-after': String(retryAfterSeconds), 'ratelimit-limit': '5', 'ratelimit-remaining': '0', 'ratelimit-reset': String(retryAfterSeconds) },
});

/** Deals out faults: those ordered for the next requests first, then at random from a seed, so that a run can be repeated. */
export class Faults {
  private next: Fault[] = [];
  private random: { share: number; fault: Fault }[] = [];
  private seed: number;

  constructor(seed = 1) {
    this.seed = seed >>> 0 || 1;
  }

  plan(plan: FaultPlan): void {
    const { next, random } = faultPlanSchema.parse(plan);
    this.next.push(...next);
    this.random = random;
  }

  clear(): void {
    this.next = [];
    this.random = [];
  }

  draw(): Fault | null {
    const ordered = this.next.shift();
    if (ordered) return ordered;
    let point = this.roll();
    for (const { share, fault } of this.random) {
      if (point < share) return fault;
      point -= share;
    }
    return null;
  }

  /** xorshift32: small, seeded, even enough. */
  private roll(): number {
    this.seed ^= this.seed << 13;
    this.seed ^= this.seed >>> 17;
    this.seed ^= this.seed << 5;
    return (this.seed >>> 0) / 2 ** 32;
  }
}
