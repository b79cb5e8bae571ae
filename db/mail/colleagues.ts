import type { Knex } from 'knex';
import type { Colleague } from '../../domain/policy/types';

/** Nobody writes to more colleagues at once; a message has no more recipients with any provider. */
const colleaguesMax = 50;

/** Where colleagues have no language on record, or not the same. */
const commonLanguage = 'en';

/** Whom a notice about a customer is for. */
export interface NoticeFor {
  customerId: number;
  to: readonly Colleague[];
}

/** The language in which to write to each set of addresses: the one that everybody there has chosen. */
export async function noticeLanguages(trx: Knex.Transaction, sets: readonly (readonly string[])[]): Promise<string[]> {
  if (sets.length === 0) return [];
  const { rows } = await trx.raw<{ rows: { position: number; language: string | null }[] }>(
    `SELECT s.position, CASE WHEN count(DISTINCT coalesce(u.language, '')) = 1 THEN min(u.language) END AS language
     FROM jsonb_to_recordset(?::jsonb) AS s (position int, addresses text[]) CROSS JOIN LATERAL unnest(s.addresses) AS a (email) LEFT JOIN users u ON u.email = a.email GROUP BY s.position`,
    [JSON.stringify(sets.map((addresses, position) => ({ position, addresses })))]);
  const byPosition = new Map(rows.map(({ position, language }) => [position, language]));
  return sets.map((_, position) => byPosition.get(position) ?? commonLanguage);
}

/**
 * The addresses of one's own people, for each notice in the order given. Who has left gets nothing, also where a policy names the address. Where nobody is left (the
 * account has no owner, the owner no manager) the administrators are written to: a grave thing does not go unread for want of a name.
 */
export async function colleagueAddresses(trx: Knex.Transaction, notices: readonly NoticeFor[]): Promise<string[][]> {
  if (notices.length === 0) return [];
  const { rows } = await trx.raw<{ rows: { position: number; addresses: string[] | null }[] }>(
    `WITH asked AS (
       SELECT n.position, n.customer_id, t.who FROM jsonb_to_recordset(?::jsonb) AS n (position int, customer_id bigint, who text[]) CROSS JOIN LATERAL unnest(n.who) AS t (who)
     ), named AS (
       SELECT a.position, u.email FROM asked a JOIN customers c ON c.id = a.customer_id JOIN users o ON o.id = c.owner_id
         JOIN users u ON u.id = CASE a.who WHEN 'owner' THEN o.id WHEN 'owner-manager' THEN o.manager_id END WHERE u.active
       UNION SELECT a.position, u.email FROM asked a JOIN users u ON u.role = a.who AND u.active
       UNION SELECT a.position, lower(a.who) FROM asked a WHERE a.who LIKE '%@%' AND NOT EXISTS (SELECT FROM users u WHERE u.email = lower(a.who) AND NOT u.active)
     )
     SELECT p.position, coalesce(
       (SELECT array_agg(n.email ORDER BY n.email) FROM named n WHERE n.position = p.position),
       (SELECT array_agg(u.email ORDER BY u.email) FROM users u WHERE u.role = 'admin' AND u.active)) AS addresses
     FROM (SELECT DISTINCT position FROM asked) p`,
    [JSON.stringify(notices.map(({ customerId, to }, position) => ({ position, customer_id: customerId, who: to })))],
  );
  const byPosition = new Map(rows.map(({ position, addresses }) => [position, (addresses ?? []).slice(0, colleaguesMax)]));
  return notices.map((_, position) => byPosition.get(position) ?? []);
}
