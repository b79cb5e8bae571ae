import type { Knex } from 'knex';
import type { Role } from '../../domain/access/roles';
import type { NoticeMailChoice } from '../../domain/notice/due';
import { containing, Where } from '../readmodels/keyset';
import { hashPassword, randomPassword } from './passwords';

export interface User {
  id: number;
  email: string;
  name: string;
  role: Role;
  active: boolean;
  /** Who leads this person; null: nobody on record. */
  managerId: number | null;
  /** In which emails about customers are written to this person; null: in the template's own. */
  language: string | null;
  /** Why no email is sent to the address; null: it is written to. */
  mailRefused: 'bounced' | 'complained' | 'by-hand' | null;
  lastSignInAt: Date | null;
  createdAt: Date;
  rowVersion: number;
}

const columns = `id, email, name, role, active, manager_id AS "managerId", language, (SELECT s.reason FROM suppressed_addresses s WHERE s.email = users.email) AS "mailRefused", last_sign_in_at AS "lastSignInAt", created_at AS "createdAt", row_version AS "rowVersion"`;
const uniqueViolation = '23505';

export class UserError extends Error {
  override name = 'UserError';
  constructor(readonly code: 'email-taken' | 'last-admin' | 'changed' | 'no-manager', message: string) {
    super(message);
  }
}

export interface UserFilter {
  /** In the name or the address. */
  search?: string;
  role?: Role;
  state?: 'active' | 'off';
}

export async function listUsers(db: Knex, after: number, limit: number, filter: UserFilter = {}): Promise<User[]> {
  const where = new Where().and('id > ?', after).when(filter.role, 'role = ?').when(filter.state, 'active = ?', filter.state === 'active');
  if (filter.search !== undefined) where.and('name ILIKE ? OR email ILIKE ?', containing(filter.search), containing(filter.search));
  const { rows } = await db.raw<{ rows: User[] }>(`SELECT ${columns} FROM users WHERE ${where.sql} ORDER BY id LIMIT ?`, [...where.bindings, limit] as Knex.RawBinding[]);
  return rows;
}

export async function findUser(db: Knex, id: number): Promise<User | null> {
  const { rows } = await db.raw<{ rows: User[] }>(`SELECT ${columns} FROM users WHERE id = ?`, [id]);
  return rows[0] ?? null;
}

export async function findUserByEmail(db: Knex, email: string): Promise<(User & { passwordHash: string }) | null> {
  const { rows } = await db.raw<{ rows: (User & { passwordHash: string })[] }>(
    `SELECT ${columns}, password_hash AS "passwordHash" FROM users WHERE email = lower(?)`, [email]);
  return rows[0] ?? null;
}

/** Adds a user; without a password makes one. Throws UserError 'email-taken'. */
export async function addUser(db: Knex, user: { email: string; name: string; role: Role; password?: string }): Promise<{ user: User; madePassword: string | null }> {
  const madePassword = user.password === undefined ? randomPassword() : null;
  const passwordHash = await hashPassword(user.password ?? madePassword ?? '');
  try {
    const { rows } = await db.raw<{ rows: User[] }>(
      `INSERT INTO users (email, name, role, password_hash) VALUES (lower(?), ?, ?, ?) RETURNING ${columns}`, [user.email, user.name, user.role, passwordHash]);
    return { user: rows[0] as User, madePassword };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation) {
      throw new UserError('email-taken', `There is a user with the address ${user.email} already.`);
    }
    throw error;
  }
}

/** Changes a user if the version is still the one that was read (null: whatever it is). Throws UserError. */
export async function changeUser(db: Knex, id: number, version: number | null, change: { name?: string; role?: Role; active?: boolean; managerId?: number | null; language?: string | null }): Promise<User | null> {
  return db.transaction(async (trx) => {
    // Every change of an admin waits for the others: two that demote each other must not both find the other still there.
    await trx.raw(`SELECT id FROM users WHERE role = 'admin' ORDER BY id FOR UPDATE`);
    const before = await findUser(trx, id);
    if (!before) return null;
    if (version !== null && version !== before.rowVersion) throw new UserError('changed', `The user was changed meanwhile: it is at version ${before.rowVersion}.`);
    const managerId = change.managerId === undefined ? before.managerId : change.managerId;
    if (change.managerId !== undefined && change.managerId !== null) await checkManager(trx, id, change.managerId);
    const { rows } = await trx.raw<{ rows: User[] }>(
      `UPDATE users SET name = coalesce(?, name), role = coalesce(?, role), active = coalesce(?, active), manager_id = ?, language = ?, row_version = row_version + 1 WHERE id = ? RETURNING ${columns}`,
      [change.name ?? null, change.role ?? null, change.active ?? null, managerId, change.language === undefined ? before.language : change.language, id]);
    const admins = await trx.raw<{ rows: unknown[] }>(`SELECT 1 FROM users WHERE role = 'admin' AND active LIMIT 1`);
    if (admins.rows.length === 0) throw new UserError('last-admin', 'This is the last active admin. Make another user an admin first.');
    if (change.active === false || change.role !== undefined) await trx.raw('DELETE FROM sessions WHERE user_id = ?', [id]);
    return rows[0] ?? null;
  });
}

async function checkManager(trx: Knex.Transaction, id: number, managerId: number): Promise<void> {
  if (managerId === id) throw new UserError('no-manager', 'Nobody is their own manager.');
  if (!(await findUser(trx, managerId))?.active) throw new UserError('no-manager', `There is no active user ${managerId}.`);
}

/** Sets a password and ends all the user's sessions but the one given. */
export async function setPassword(db: Knex, id: number, password: string, keepSession: Buffer | null = null): Promise<void> {
  await db.raw('UPDATE users SET password_hash = ? WHERE id = ?', [await hashPassword(password), id]);
  await db.raw('DELETE FROM sessions WHERE user_id = ? AND token_hash IS DISTINCT FROM ?', [id, keepSession]);
}

export async function listPeople(db: Knex): Promise<{ id: number; name: string; role: Role }[]> {
  const { rows } = await db.raw<{ rows: { id: number; name: string; role: Role }[] }>('SELECT id, name, role FROM users WHERE active ORDER BY name, id LIMIT 1000');
  return rows;
}

export interface NoticeSettings {
  mail: NoticeMailChoice;
  /** IANA: where seven in the morning is. */
  timeZone: string;
  /** Also what their role and their queues are told, not only what is their own. */
  groups: boolean;
}

export async function readNoticeSettings(db: Knex, id: number): Promise<NoticeSettings> {
  const { rows } = await db.raw<{ rows: NoticeSettings[] }>('SELECT notice_mail AS mail, time_zone AS "timeZone", notice_groups AS groups FROM users WHERE id = ?', [id]);
  return rows[0] ?? { mail: 'none', timeZone: 'UTC', groups: false };
}

/** Without `groups` that choice stays. */
export async function putNoticeSettings(db: Knex, id: number, { mail, timeZone, groups }: Omit<NoticeSettings, 'groups'> & Partial<NoticeSettings>): Promise<void> {
  await db.raw('UPDATE users SET notice_mail = ?, time_zone = ?, notice_groups = coalesce(?, notice_groups) WHERE id = ?', [mail, timeZone, groups ?? null, id]);
}

/** Makes the first admin when there is no user yet. The password is in this answer only: print it. */
export async function ensureFirstAdmin(db: Knex): Promise<{ email: string; password: string } | null> {
  return db.transaction(async (trx) => {
    await trx.raw('LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE');
    const { rows } = await trx.raw<{ rows: unknown[] }>('SELECT 1 FROM users LIMIT 1');
    if (rows.length > 0) return null;
    const email = 'admin@dunwell.local';
    const { madePassword, user } = await addUser(trx, { email, name: 'Administrator', role: 'admin' });
    // Nobody reads mail there.
    await putNoticeSettings(trx, user.id, { mail: 'none', timeZone: 'UTC' });
    return { email, password: madePassword ?? '' };
  });
}
