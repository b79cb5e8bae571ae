import type { Knex } from 'knex';

export interface NewTest {
  template_id: number;
  language: string;
  customer_id: number | null;
  to_address: string;
  subject: string;
  provider: string;
  sent_by: string;
}

export type TestState = 'sent' | 'failed' | 'unknown';

/** A process that is still at it ends within this time; one that is not has died. */
const interruptedAfterMs = 120_000;

/** Notes a test before it is offered, so that one that may have left is never without a trace. */
export async function beginTest(trx: Knex.Transaction, test: NewTest): Promise<string> {
  const [written] = await trx('template_tests').insert({ id: trx.raw('gen_random_uuid()'), ...test, state: 'sending' }).returning<{ id: string }[]>('id');
  if (!written) throw new Error('A test of a template vanished while it was written.');
  return written.id;
}

export async function endTest(db: Knex, id: string, state: TestState, reason: string | null): Promise<void> {
  await db('template_tests').where({ id, state: 'sending' }).update({ state, reason });
}

/** Ends the tests of processes that died while they sent: whether those mails left, nobody can say. Answers with how many there were. */
export async function endInterruptedTests(db: Knex): Promise<number> {
  const { rowCount } = await db.raw<{ rowCount: number }>(
    `UPDATE template_tests SET state = 'unknown', reason = 'It was interrupted: look into the mailbox.' WHERE state = 'sending' AND at < now() - make_interval(secs => ?)`, [interruptedAfterMs / 1_000]);
  return rowCount;
}
