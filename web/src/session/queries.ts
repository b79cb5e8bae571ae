import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { answered, api, rememberCsrfToken, type Schema } from '../http/client';
import { ApiError } from '../http/problem';
import { queryClient } from '../http/queryClient';
import { useWrite } from '../http/useWrite';

export type Me = Schema<'Me'>;
export const sessionKey = ['session'] as const;

/** Who is signed in; null: nobody. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async (): Promise<Me | null> => {
    try {
      return remembered(await answered(api.GET('/session')));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

function remembered(me: Me): Me {
  rememberCsrfToken(me.csrfToken);
  return me;
}

// A session that ended elsewhere shows itself as a 401 on any call: the gate then asks to sign in again.
api.use({
  onResponse({ response }) {
    if (response.status === 401 && queryClient.getQueryData(sessionKey)) queryClient.setQueryData(sessionKey, null);
  },
});

export function useSignIn() {
  const client = useQueryClient();
  return useWrite({
    send: (body: { email: string; password: string }) => answered(api.POST('/session', { body })),
    invalidates: [],
    onDone: (me) => {
      // Whoever was here before may have seen more.
      client.clear();
      client.setQueryData(sessionKey, remembered(me));
    },
  });
}

export function useSignOut(onFailed: (error: unknown) => void) {
  const client = useQueryClient();
  return useWrite({
    send: () => answered(api.DELETE('/session')),
    invalidates: [],
    onDone: () => {
      rememberCsrfToken(null);
      client.clear();
      client.setQueryData(sessionKey, null);
    },
    onFailed,
  });
}

export type NoticeSettings = Schema<'NoticeSettings'>;
const noticesKey = ['session', 'notices'] as const;
export const noticeSettingsQuery = queryOptions({ queryKey: noticesKey, queryFn: () => answered(api.GET('/session/notices')) });

export function usePutNoticeSettings() {
  return useWrite({ send: (body: NoticeSettings) => answered(api.PUT('/session/notices', { body })), invalidates: [noticesKey] });
}

export function useChangePassword() {
  return useWrite({
    send: (body: { current: string; next: string }, once) => answered(api.POST('/session/password', { params: { header: once }, body })),
    invalidates: [],
  });
}
