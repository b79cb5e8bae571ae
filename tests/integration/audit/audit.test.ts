import { appendAudit, listAudit, systemActor, verifyAudit } from '../../../db/audit';
import { startManualClock } from '../../../db/clock/clock';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

let database: FreshDatabase;

beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.destroy());

async function append(count: number): Promise<void> {
  await database.knex.transaction((trx) => appendAudit(trx, Array.from({ length: count }, (_, n) => ({
    actor: systemActor, action: 'invoice.updated', subjectType: 'invoice', subjectId: `i${n}`, before: { total: n, note: 'a "quoted" text' }, after: { total: n + 1, at: new Date(0) },
  }))));
}

/** As someone with the owner's rights could. */
async function tamper(sql: string): Promise<void> {
  await database.knex.raw(`ALTER TABLE audit_entries DISABLE TRIGGER ALL; ALTER TABLE audit_head DISABLE TRIGGER ALL; ${sql}; ALTER TABLE audit_entries ENABLE TRIGGER ALL`);
}

test('a trail that nobody touched is whole', async () => {
  await append(3);
  await append(2);
  expect(await verifyAudit(database.knex)).toEqual({ kind: 'whole', entries: 5 });
  expect(await listAudit(database.knex, { subjectId: 'i1' }, 10)).toMatchObject([{ seq: 5, before: { total: 1 }, after: { total: 2 } }, { seq: 2 }]);
});

test('entries cannot be changed, deleted or truncated', async () => {
  await append(1);
  await expect(database.knex('audit_entries').update({ action: 'x' })).rejects.toThrow('append-only: UPDATE is refused');
  await expect(database.knex('audit_entries').del()).rejects.toThrow('append-only: DELETE is refused');
  await expect(database.knex.raw('TRUNCATE audit_entries')).rejects.toThrow('append-only: TRUNCATE is refused');
  await expect(database.knex('audit_head').del()).rejects.toThrow('append-only');
});

test.each([
  [`UPDATE audit_entries SET content = replace(content, '"total":1', '"total":9') WHERE seq = 2`, 'changed', 2, 'Entry 2 was changed'],
  [`UPDATE audit_entries SET actor_name = 'somebody else' WHERE seq = 3`, 'changed', 3, 'its columns differ'],
  ['DELETE FROM audit_entries WHERE seq = 2', 'missing', 2, 'Entry 2 is missing'],
  ['DELETE FROM audit_entries WHERE seq = 1', 'missing', 1, 'Entry 1 is missing'],
  ['DELETE FROM audit_entries WHERE seq >= 4', 'tail', 4, 'Entries 4 to 5 are missing'],
  ['DELETE FROM audit_head', 'head', 5, 'The head row is missing'],
  ['UPDATE audit_head SET count = 4', 'head', 5, 'entries were added past the product'],
])('found out: %s', async (sql, fault, seq, message) => {
  await append(5);
  await tamper(sql);
  expect(await verifyAudit(database.knex)).toMatchObject({ kind: 'broken', fault, seq, message: expect.stringContaining(message) });
});

test('on a manual clock an entry says what that showed, and nobody changes it', async () => {
  await append(1);
  await startManualClock(database.knex, Date.parse('2026-03-02T05:00:00Z'));
  await append(1);
  expect(await database.knex('audit_entries').orderBy('seq').pluck<(Date | null)[]>('clock_at')).toEqual([null, new Date('2026-03-02T05:00:00Z')]);
  expect(await verifyAudit(database.knex)).toEqual({ kind: 'whole', entries: 2 });
  await tamper(`UPDATE audit_entries SET clock_at = now() WHERE seq = 2`);
  expect(await verifyAudit(database.knex)).toMatchObject({ kind: 'broken', fault: 'changed', seq: 2 });
});

test('entries of concurrent transactions make one chain, and a rolled-back one leaves no gap', async () => {
  await Promise.all([
    ...Array.from({ length: 15 }, () => append(3)),
    expect(database.knex.transaction(async (trx) => {
      await appendAudit(trx, [{ actor: systemActor, action: 'x', subjectType: 'x', subjectId: 'x' }]);
      throw new Error('rolled back');
    })).rejects.toThrow('rolled back'),
  ]);
  expect(await verifyAudit(database.knex)).toEqual({ kind: 'whole', entries: 45 });
});
