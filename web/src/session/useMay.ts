import { useQuery } from '@tanstack/react-query';
import { mayDo, type Capability, type Role } from './may';
import { sessionQuery } from './queries';

export function useRole(): Role {
  const { data } = useQuery(sessionQuery);
  return data?.user?.role ?? 'viewer';
}

/** `may('write-ledger')`: whether to offer an action at all. */
export function useMay(): (capability: Capability) => boolean {
  const role = useRole();
  return (capability) => mayDo(role, capability);
}
