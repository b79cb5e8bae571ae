import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './openapi/types';

export type { components, operations, paths } from './openapi/types';
/** A schema of the API by its name, e.g. `Schema<'Invoice'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
export type ApiClient = Client<paths>;

/**
 * The typed client of the API, for the console and for integrators.
 *
 *     const api = createApiClient({ baseUrl: 'https://dunwell.example.com/api/v1', apiKey: 'dw_…' });
 *     const { data, error } = await api.GET('/invoices', { params: { query: { state: ['overdue'] } } });
 *
 * @param options.baseUrl where the API is, `/api/v1` included
 * @param options.apiKey an API key; a browser that is signed in needs none
 */
export function createApiClient({ apiKey, ...options }: ClientOptions & { apiKey?: string } = {}): ApiClient {
  return createClient<paths>({
    baseUrl: '/api/v1',
    ...options,
    headers: { ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}), ...options.headers },
  });
}
