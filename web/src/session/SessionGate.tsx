import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ErrorState } from '../feedback/ErrorState';
import { sessionQuery } from './queries';

/** Everything behind it is for people who are signed in; afterwards they get where they wanted to go. */
export function SessionGate() {
  const { data: me, isError, error, refetch } = useQuery(sessionQuery);
  const { pathname, search } = useLocation();
  if (me) return <Outlet />;
  if (me === null) return <Navigate to={signInPath(pathname + search)} replace />;
  return isError ? <Stack p="xl" maw={640}><ErrorState error={error} retry={() => void refetch()} /></Stack> : null;
}

const signInPath = (wanted: string): string => (wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`);
