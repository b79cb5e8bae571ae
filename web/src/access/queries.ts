import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type User = Schema<'User'>;
export type ApiKey = Schema<'ApiKey'>;
export type Scope = Schema<'Scope'>;

const usersKey = ['users'] as const;
const apiKeysKey = ['api-keys'] as const;

export interface UserFilters {
  search?: string;
  role?: User['role'];
  state?: 'active' | 'off';
}

export interface ApiKeyFilters {
  search?: string;
  state?: 'active' | 'expired' | 'revoked';
}

export function useUsers(filters: UserFilters) {
  return useKeysetList([...usersKey, 'list', filters], (cursor) => answered(api.GET('/users', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export function useCreateUser() {
  return useWrite({
    send: (body: { email: string; name: string; role: User['role'] }, once) => answered(api.POST('/users', { params: { header: once }, body })),
    invalidates: [usersKey, ['people']],
  });
}

export function useUpdateUser() {
  return useWrite({
    send: ({ user, body }: { user: User; body: { name?: string; role?: User['role']; active?: boolean; managerId?: number | null; language?: string | null } }) => answered(api.PATCH('/users/{id}', { params: { path: { id: user.id }, header: { 'If-Match': `"${user.rowVersion}"` } }, body })),
    invalidates: [usersKey, ['people']],
  });
}

export function useResetPassword() {
  return useWrite({
    send: (user: User, once) => answered(api.POST('/users/{id}/reset-password', { params: { path: { id: user.id }, header: once } })),
    invalidates: [usersKey],
  });
}

export function useApiKeys(filters: ApiKeyFilters) {
  return useKeysetList([...apiKeysKey, 'list', filters], (cursor) => answered(api.GET('/api-keys', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export function useCreateApiKey() {
  return useWrite({
    send: (body: { name: string; scopes: Scope[]; expiresAt?: string }, once) => answered(api.POST('/api-keys', { params: { header: once }, body })),
    invalidates: [apiKeysKey],
  });
}

export function useRevokeApiKey() {
  return useWrite({
    send: (id: number) => answered(api.DELETE('/api-keys/{id}', { params: { path: { id } } })),
    invalidates: [apiKeysKey],
  });
}
