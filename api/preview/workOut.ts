import type { Knex } from 'knex';
import { readClock } from '../../db/clock/clock';
import { countCustomersUnder, notePreview, readPreviewRequest } from '../../db/policies/previews';
import { readLiveLedger } from '../../db/readmodels/liveLedger';
import { dayMs } from '../../domain/calendar/dates';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import { PolicyComparer } from '../../domain/simulation/comparePolicies';

/** Chunks of the ledger between two notes of how far it is. */
const noteEveryChunks = 10;

/** Works out a preview that was asked for, from the first customer to the last, and keeps its result. */
export async function workOutPreview(knex: Knex, id: string): Promise<void> {
  const started = performance.now();
  const { source, policies, rules, days } = await readPreviewRequest(knex, id);
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error('The draft is wrong.');
  const { now } = await readClock(knex);
  const end = now + days * dayMs;
  await notePreview(knex, id, { total: await countCustomersUnder(knex, policies) });
  const comparer = new PolicyComparer({ draft: parsed.policy, rules, now, end, applies: ({ policy }) => policies.length === 0 || policies.includes(policy) });
  const chunks = readLiveLedger(knex);
  let done = 0;
  let next = chunks.next();
  for (let count = 1; ; count += 1) {
    const chunk = await next;
    if (chunk.done) break;
    // The database reads the next chunk while this one is compared.
    next = chunks.next();
    next.catch(() => undefined);
    comparer.add(chunk.value);
    done += chunk.value.length;
    if (count % noteEveryChunks === 0) await notePreview(knex, id, { done });
  }
  const result = { ...comparer.result(), from: new Date(now).toISOString(), to: new Date(end).toISOString(), tookMs: Math.round(performance.now() - started) };
  await notePreview(knex, id, { state: 'done', done: result.customers, total: result.customers, result });
}
