import type { Request, Response } from 'express';
import type { Knex } from 'knex';
import { createApiKey, listApiKeys, revokeApiKey } from '../../db/access/apiKeys';
import { forgetFailures, takeAttempt } from '../../db/access/loginAttempts';
import { passwordFits } from '../../db/access/passwords';
import { endSession, sessionHoursMax, startSession } from '../../db/access/sessions';
import { csrfTokenOf, tokenHash } from '../../db/access/tokens';
import { addUser, changeUser, findUser, findUserByEmail, listPeople, listUsers, putNoticeSettings, readNoticeSettings, setPassword, UserError } from '../../db/access/users';
import { randomPassword } from '../../db/access/passwords';
import { appendAudit } from '../../db/audit';
import type { sessionContracts } from '../contracts/session';
import type { Handlers } from '../http/call';
import { changedMeanwhile } from '../http/etag';
import { sessionCookie, type Identity } from '../http/identity';
import { tooMany } from '../http/limits';
import { conflict, impossible, notFound, ProblemError } from '../http/problem';
import { pagedById } from './paging';

const wrongPassword = new ProblemError(401, 'wrong-password', 'The address or the password is wrong.');

export const sessionHandlers: Handlers<typeof sessionContracts> = {
  signIn: {
    outside: true,
    handle: async ({ body, deps, limits, request, response }) => {
      const { knex, settings } = deps;
      await limits.signIn(request.ip ?? 'unknown');
      const locked = await takeAttempt(knex, body.email);
      if (locked > 0) throw tooMany(locked, 'Too many failed sign-ins for this address');
      const user = await findUserByEmail(knex, body.email);
      const fits = await passwordFits(user?.passwordHash ?? null, body.password);
      if (!user || !fits || !user.active) {
        await recordRefusal(knex, user?.id ?? null, request.ip ?? 'unknown');
        throw wrongPassword;
      }
      await forgetFailures(knex, body.email);
      const token = await knex.transaction(async (trx) => {
        const started = await startSession(trx, user.id);
        await appendAudit(trx, [{ actor: { kind: 'user', id: String(user.id), name: user.name }, action: 'session.started', subjectType: 'user', subjectId: String(user.id) }]);
        return started;
      });
      setCookie(request, response, token, settings.production);
      return me({ kind: 'person', user, sessionToken: token });
    },
  },
  me: async ({ identity }) => me(identity),
  signOut: async ({ identity, db, response, deps }) => {
    if (identity.kind === 'person') await endSession(db, identity.sessionToken);
    response.clearCookie(sessionCookie, cookieOptions(deps.settings.production));
  },
  changePassword: {
    outside: true,
    password: true,
    handle: async ({ identity, body, deps: { knex }, actor }) => {
      if (identity.kind !== 'person') throw wrongPassword;
      const { user, sessionToken } = identity;
      const locked = await takeAttempt(knex, user.email);
      if (locked > 0) throw tooMany(locked, 'Too many wrong passwords');
      const stored = await findUserByEmail(knex, user.email);
      if (!(await passwordFits(stored?.passwordHash ?? null, body.current))) {
        throw impossible('The current password is wrong.', [{ path: 'current', message: 'is wrong' }]);
      }
      await forgetFailures(knex, user.email);
      await knex.transaction(async (trx) => {
        await setPassword(trx, user.id, body.next, tokenHash(sessionToken));
        await appendAudit(trx, [{ actor, action: 'user.password-changed', subjectType: 'user', subjectId: String(user.id) }]);
      });
    },
  },

  getNoticeSettings: async ({ db, identity }) => {
    if (identity.kind !== 'person') throw wrongPassword;
    return readNoticeSettings(db, identity.user.id);
  },
  putNoticeSettings: async ({ trx, identity, body, actor }) => {
    if (identity.kind !== 'person') throw wrongPassword;
    const { id } = identity.user;
    const before = await readNoticeSettings(trx, id);
    await putNoticeSettings(trx, id, body);
    const after = await readNoticeSettings(trx, id);
    await appendAudit(trx, [{ actor, action: 'user.notices-chosen', subjectType: 'user', subjectId: String(id), before, after }]);
    return after;
  },

  listPeople: async ({ db }) => ({ items: await listPeople(db) }),
  listUsers: async ({ db, query }) => pagedById(query, (after, limit) => listUsers(db, after, limit, query)),
  getUser: async ({ db, params }) => {
    const user = await findUser(db, params.id);
    if (!user) throw notFound('user', params.id);
    return user;
  },
  createUser: {
    secret: true,
    password: true,
    handle: async ({ trx, body, actor }) => {
      const { user, madePassword } = await refusing(() => trx.transaction((savepoint) => addUser(savepoint, body)));
      await appendAudit(trx, [{ actor, action: 'user.created', subjectType: 'user', subjectId: String(user.id), after: { email: user.email, name: user.name, role: user.role } }]);
      return { user, password: madePassword };
    },
  },
  updateUser: async ({ trx, params, body, ifMatch, actor }) => {
    const before = await findUser(trx, params.id);
    const user = await refusing(() => changeUser(trx, params.id, ifMatch, body));
    if (!user) throw notFound('user', params.id);
    await appendAudit(trx, [{
      actor, action: 'user.updated', subjectType: 'user', subjectId: String(user.id),
      before: { name: before?.name, role: before?.role, active: before?.active, managerId: before?.managerId, language: before?.language }, after: { name: user.name, role: user.role, active: user.active, managerId: user.managerId, language: user.language },
    }]);
    return user;
  },
  resetUserPassword: {
    secret: true,
    handle: async ({ trx, params, actor }) => {
      const user = await findUser(trx, params.id);
      if (!user) throw notFound('user', params.id);
      const password = randomPassword();
      await setPassword(trx, user.id, password);
      await forgetFailures(trx, user.email);
      await appendAudit(trx, [{ actor, action: 'user.password-reset', subjectType: 'user', subjectId: String(user.id) }]);
      return { user, password };
    },
  },

  listApiKeys: async ({ db, query }) => pagedById(query, (after, limit) => listApiKeys(db, after, limit, query)),
  createApiKey: {
    secret: true,
    handle: async ({ trx, body, actor }) => {
      const made = await createApiKey(trx, { name: body.name, scopes: body.scopes, createdBy: actor.name, expiresAt: body.expiresAt === undefined ? null : new Date(body.expiresAt) });
      await appendAudit(trx, [{ actor, action: 'api-key.created', subjectType: 'api-key', subjectId: String(made.apiKey.id), after: { name: made.apiKey.name, scopes: made.apiKey.scopes, prefix: made.apiKey.prefix } }]);
      return made;
    },
  },
  revokeApiKey: async ({ trx, params, actor }) => {
    if (!(await revokeApiKey(trx, params.id))) throw notFound('API key', params.id);
    await appendAudit(trx, [{ actor, action: 'api-key.revoked', subjectType: 'api-key', subjectId: String(params.id) }]);
  },
};

/** Of an address that is no user's nothing is kept: people type passwords into the wrong field. Attempts are limited, and so are these entries. */
async function recordRefusal(knex: Knex, userId: number | null, address: string): Promise<void> {
  await knex.transaction((trx) => appendAudit(trx, [{
    actor: { kind: 'system', id: 'nobody', name: 'not signed in' }, action: 'session.refused', subjectType: 'user', subjectId: userId === null ? 'unknown' : String(userId), after: { from: address },
  }]));
}

function me(identity: Identity) {
  switch (identity.kind) {
    case 'person': {
      const { id, email, name, role } = identity.user;
      return { via: 'session' as const, user: { id, email, name, role }, apiKey: null, csrfToken: csrfTokenOf(identity.sessionToken) };
    }
    case 'key': return { via: 'api-key' as const, user: null, apiKey: { ...identity.apiKey, scopes: [...identity.apiKey.scopes] }, csrfToken: null };
    case 'nobody': throw new ProblemError(401, 'not-signed-in', 'Sign in, or send an API key.');
  }
}

function cookieOptions(production: boolean) {
  return { httpOnly: true, sameSite: 'lax', secure: production, path: '/' } as const;
}

function setCookie(request: Request, response: Response, token: string, production: boolean): void {
  response.cookie(sessionCookie, token, { ...cookieOptions(production || request.secure), maxAge: sessionHoursMax * 3_600_000 });
}

async function refusing<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof UserError) throw error.code === 'changed' ? changedMeanwhile('user') : conflict(error.message);
    throw error;
  }
}
