import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from '../../../api/openapi/types';
import { ApiError, toProblem } from './problem';

/** A schema of the API by its name: `Schema<'Invoice'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

export const apiBase = '/api/v1';
export const api = createClient<paths>({
  baseUrl: apiBase,
  // Lists are repeated parameters: ?state=open&state=overdue.
  querySerializer: { array: { style: 'form', explode: true } },
});

/** What the server gave at sign-in, to be sent back with every write: a foreign page cannot know it. */
let csrfToken: string | null = null;
export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}

const csrf: Middleware = {
  onRequest({ request }) {
    if (csrfToken && request.method !== 'GET') request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
};
api.use(csrf);

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; anything else is thrown as ApiError. */
export async function answered<Data>(pending: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await pending;
  if (!response.ok) throw new ApiError(toProblem(error, response.status));
  return data as Data;
}
