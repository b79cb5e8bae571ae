import type { Knex } from 'knex';
import { mentioned, type Person } from '../../domain/note/mentions';
import { listPeople } from '../access/users';

/** Something that single people are told: in their own bells, and by email where they want it. */
export interface Told {
  /** The business fact that they are told of: with a person it is told once. */
  key: string;
  userIds: readonly number[];
  title: string;
  customerId: number;
  invoiceId: number | null;
  at: Date;
}

/** Tells people, each as somebody who is mentioned is told. */
export async function tellPeople(trx: Knex.Transaction, told: readonly Told[]): Promise<void> {
  const rows = told.flatMap(({ key, userIds, title, customerId, invoiceId, at }) => userIds.map((userId) => ({ key: `${key}/${userId}`, audience: 'mention', title, customer_id: customerId, invoice_id: invoiceId, at, user_id: userId })));
  if (rows.length === 0) return;
  const columns = 'key, audience, title, customer_id, invoice_id, at, user_id';
  await trx.raw(`INSERT INTO notifications (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::notifications, ?) ON CONFLICT (key) DO NOTHING`, [JSON.stringify(rows)]);
}

/** Whom a note mentions. */
export async function mentionedIn(trx: Knex.Transaction, body: string): Promise<Person[]> {
  const people = await listPeople(trx);
  const ids = mentioned(body, people);
  return people.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name }));
}

/** Tells those whom a note mentions that it does. */
export async function tellMentioned(trx: Knex.Transaction, people: readonly Person[], { body, author, key, ...about }: { body: string; author: string } & Omit<Told, 'userIds' | 'title'>): Promise<void> {
  await tellPeople(trx, [{ ...about, key: `${key}/mention`, userIds: people.map(({ id }) => id), title: `${author} mentioned you: ${quoted(body)}` }]);
}

/** How much of a note a notification quotes. */
const quotedMax = 120;

function quoted(body: string): string {
  const line = body.replace(/\s+/g, ' ');
  return line.length > quotedMax ? `${line.slice(0, quotedMax)}…` : line;
}
