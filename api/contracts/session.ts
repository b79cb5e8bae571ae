import { z } from 'zod';
import { noticeMailChoices } from '../../domain/notice/due';
import { admins, contract, readers } from './contract';
import { Id, Instant, LanguageCode, RoleName, RowVersion, ScopeName, Text, TimeZone, idParams, page, pageQuery } from './values';

const passwordLengthMin = 12;
const Password = z.string().min(passwordLengthMin, `must have at least ${passwordLengthMin} characters`).max(200);
const Email = z.email().max(320);

export const Me = z.object({
  via: z.enum(['session', 'api-key']),
  user: z.object({ id: Id, email: z.string(), name: z.string(), role: RoleName }).nullable(),
  apiKey: z.object({ id: Id, name: z.string(), scopes: z.array(ScopeName) }).nullable(),
  csrfToken: z.string().nullable().describe('Send it as X-CSRF-Token with everything but GET; null for an API key'),
}).meta({ id: 'Me' });

export const User = z.object({
  id: Id, email: z.string(), name: z.string(), role: RoleName, active: z.boolean(), managerId: Id.nullable().describe('Whom policies mean by the manager of an account\'s owner'), language: z.string().nullable().describe('In which emails about customers are written to them; null: in the template\'s own'),
  mailRefused: z.enum(['bounced', 'complained', 'by-hand']).nullable().describe('Why no email is sent to the address; null: it is written to'),
  lastSignInAt: Instant.nullable(), createdAt: Instant, rowVersion: RowVersion,
}).meta({ id: 'User' });
const UserWithPassword = z.object({
  user: User, password: z.string().nullable().describe('Shown once, and only if the server made it'),
}).meta({ id: 'UserWithPassword' });

export const ApiKey = z.object({
  id: Id, name: z.string(), prefix: z.string().describe('The first characters, to recognise it by'), scopes: z.array(ScopeName),
  createdBy: z.string(), createdAt: Instant, lastUsedAt: Instant.nullable(), expiresAt: Instant.nullable(), revokedAt: Instant.nullable(),
}).meta({ id: 'ApiKey' });

export const NoticeSettings = z.object({ mail: z.enum(noticeMailChoices), timeZone: z.string(), groups: z.boolean().describe('Also what one\'s role and queues are told, not only what is one\'s own') }).meta({ id: 'NoticeSettings' });

export const sessionContracts = {
  signIn: contract({
    id: 'signIn', method: 'post', path: '/session', tag: 'Session', summary: 'Sign in with a password', access: { kind: 'public' },
    body: z.strictObject({ email: z.string().trim().min(1).max(320), password: z.string().min(1).max(200) }), status: 200, answer: Me, problems: [401, 429],
  }),
  me: contract({ id: 'me', method: 'get', path: '/session', tag: 'Session', summary: 'Who is signed in', access: { kind: 'signed-in' }, status: 200, answer: Me }),
  signOut: contract({ id: 'signOut', method: 'delete', path: '/session', tag: 'Session', summary: 'Sign out', access: { kind: 'signed-in', session: true }, status: 204 }),
  changePassword: contract({
    id: 'changePassword', method: 'post', path: '/session/password', tag: 'Session', summary: 'Change the own password; ends the other sessions',
    access: { kind: 'signed-in', session: true }, body: z.strictObject({ current: z.string().min(1).max(200), next: Password }), status: 204, problems: [422, 429],
  }),
  getNoticeSettings: contract({
    id: 'getNoticeSettings', method: 'get', path: '/session/notices', tag: 'Session', summary: 'Which emails one gets about what is one\'s own, and about what one\'s groups are told', access: { kind: 'signed-in', session: true }, status: 200, answer: NoticeSettings,
  }),
  putNoticeSettings: contract({
    id: 'putNoticeSettings', method: 'put', path: '/session/notices', tag: 'Session', summary: 'Choose which emails one gets: none, at once (several together where they come close), or a list at seven each morning',
    access: { kind: 'signed-in', session: true }, body: z.strictObject({ mail: z.enum(noticeMailChoices), timeZone: TimeZone, groups: z.boolean().optional().describe('Left out: as it was') }), status: 200, answer: NoticeSettings,
  }),
  listPeople: contract({
    id: 'listPeople', method: 'get', path: '/people', tag: 'Users', summary: 'Active people, to assign work to', access: readers, status: 200,
    answer: z.object({ items: z.array(z.object({ id: Id, name: z.string(), role: RoleName })) }).meta({ id: 'People' }),
  }),
  listUsers: contract({ id: 'listUsers', method: 'get', path: '/users', tag: 'Users', summary: 'Users', access: admins, query: z.object({ search: z.string().trim().min(1).max(200).optional().describe('In the name or the address'), role: RoleName.optional(), state: z.enum(['active', 'off']).optional(), ...pageQuery }), status: 200, answer: page('UserPage', User) }),
  getUser: contract({ id: 'getUser', method: 'get', path: '/users/{id}', tag: 'Users', summary: 'One user', access: admins, params: idParams, status: 200, answer: User, etag: true, problems: [404] }),
  createUser: contract({
    id: 'createUser', method: 'post', path: '/users', tag: 'Users', summary: 'Add a user', description: 'Without a password the server makes one and answers with it, once.',
    access: admins, body: z.strictObject({ email: Email, name: Text, role: RoleName, password: Password.optional() }), status: 201, answer: UserWithPassword, problems: [409],
  }),
  updateUser: contract({
    id: 'updateUser', method: 'patch', path: '/users/{id}', tag: 'Users', summary: 'Change name, role, manager, language or whether the user may sign in', access: admins, params: idParams,
    body: z.strictObject({ name: Text.optional(), role: RoleName.optional(), active: z.boolean().optional(), managerId: Id.nullable().optional(), language: LanguageCode.nullable().optional() }), status: 200, answer: User, etag: true, problems: [404, 409],
  }),
  resetUserPassword: contract({
    id: 'resetUserPassword', method: 'post', path: '/users/{id}/reset-password', tag: 'Users', summary: 'Give a new random password; ends all sessions of the user',
    access: admins, params: idParams, status: 200, answer: UserWithPassword, problems: [404],
  }),
  listApiKeys: contract({ id: 'listApiKeys', method: 'get', path: '/api-keys', tag: 'API keys', summary: 'API keys, revoked ones included', access: admins, query: z.object({ search: z.string().trim().min(1).max(200).optional().describe('In the name or what the key begins with'), state: z.enum(['active', 'expired', 'revoked']).optional(), ...pageQuery }), status: 200, answer: page('ApiKeyPage', ApiKey) }),
  createApiKey: contract({
    id: 'createApiKey', method: 'post', path: '/api-keys', tag: 'API keys', summary: 'Make an API key', description: 'The key itself is in this answer only.', access: admins,
    body: z.strictObject({ name: Text, scopes: z.array(ScopeName).min(1), expiresAt: Instant.optional() }), status: 201,
    answer: z.object({ apiKey: ApiKey, key: z.string() }).meta({ id: 'NewApiKey' }),
  }),
  revokeApiKey: contract({ id: 'revokeApiKey', method: 'delete', path: '/api-keys/{id}', tag: 'API keys', summary: 'Revoke an API key', access: admins, params: idParams, status: 204, problems: [404] }),
};
