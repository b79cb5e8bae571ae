import type { Knex } from 'knex';
import type { Scope } from '../../domain/access/roles';
import { containing, Where } from '../readmodels/keyset';
import { randomToken, tokenHash } from './tokens';

export interface ApiKey {
  id: number;
  name: string;
  prefix: string;
  scopes: Scope[];
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

const columns = `id, name, prefix, scopes, created_by AS "createdBy", created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"`;
export const apiKeyStart = 'dw_';
const prefixLength = apiKeyStart.length + 6;
const touchEverySeconds = 60;

/** Makes a key. The key itself is in this answer only. */
export async function createApiKey(db: Knex, key: { name: string; scopes: readonly Scope[]; createdBy: string; expiresAt: Date | null }): Promise<{ apiKey: ApiKey; key: string }> {
  const secret = apiKeyStart + randomToken();
  const { rows } = await db.raw<{ rows: ApiKey[] }>(
    `INSERT INTO api_keys (name, prefix, key_hash, scopes, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING ${columns}`,
    [key.name, secret.slice(0, prefixLength), tokenHash(secret), [...key.scopes], key.createdBy, key.expiresAt]);
  return { apiKey: rows[0] as ApiKey, key: secret };
}

export async function findApiKey(db: Knex, secret: string): Promise<{ id: number; name: string; scopes: Scope[] } | null> {
  const { rows } = await db.raw<{ rows: { id: number; name: string; scopes: Scope[]; stale: boolean }[] }>(
    `SELECT id, name, scopes, coalesce(last_used_at < now() - make_interval(secs => ?), true) AS stale FROM api_keys
      WHERE key_hash = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`, [touchEverySeconds, tokenHash(secret)]);
  const found = rows[0];
  if (!found) return null;
  if (found.stale) await db.raw('UPDATE api_keys SET last_used_at = now() WHERE id = ?', [found.id]);
  return { id: found.id, name: found.name, scopes: found.scopes };
}

export interface ApiKeyFilter {
  /** In the name or what the key begins with. */
  search?: string;
  state?: 'active' | 'expired' | 'revoked';
}

const states: Readonly<Record<NonNullable<ApiKeyFilter['state']>, string>> = {
  active: 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())', expired: 'revoked_at IS NULL AND expires_at <= now()', revoked: 'revoked_at IS NOT NULL',
};

export async function listApiKeys(db: Knex, after: number, limit: number, filter: ApiKeyFilter = {}): Promise<ApiKey[]> {
  const where = new Where().and('id > ?', after);
  if (filter.state !== undefined) where.and(states[filter.state]);
  if (filter.search !== undefined) where.and('name ILIKE ? OR prefix ILIKE ?', containing(filter.search), containing(filter.search));
  const { rows } = await db.raw<{ rows: ApiKey[] }>(`SELECT ${columns} FROM api_keys WHERE ${where.sql} ORDER BY id LIMIT ?`, [...where.bindings, limit] as Knex.RawBinding[]);
  return rows;
}

/** Revokes a key; false when there is none. A second time changes nothing. */
export async function revokeApiKey(db: Knex, id: number): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>('UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = ? RETURNING id', [id]);
  return rows.length > 0;
}
