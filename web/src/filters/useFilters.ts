import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** Filters live in the URL: a list can be bookmarked, shared, and left with the back button. */
export type Filters<Name extends string> = Readonly<Partial<Record<Name, string>>>;

interface FiltersInUrl<Name extends string> {
  filters: Filters<Name>;
  /** Only those that are set by hand, so that "clear" can be offered. */
  activeCount: number;
  /** An empty string or undefined removes the filter. `replace` is for typing, which should not fill the history. */
  setFilters: (patch: Filters<Name>, options?: { replace?: boolean }) => void;
  clear: () => void;
}

/** @param names a constant of the module, so that it is the same array every time */
export function useFilters<const Name extends string>(names: readonly Name[]): FiltersInUrl<Name> {
  const [params, setParams] = useSearchParams();

  const filters = useMemo(() => {
    const found: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const value = params.get(name);
      if (value) found[name] = value;
    }
    return found;
  }, [params, names]);

  const setFilters = useCallback((patch: Filters<Name>, options?: { replace?: boolean }) => {
    setParams((current) => {
      const next = new URLSearchParams(current);
      for (const [name, value] of Object.entries(patch)) {
        if (typeof value === 'string' && value !== '') next.set(name, value);
        else next.delete(name);
      }
      return next;
    }, { replace: options?.replace ?? false });
  }, [setParams]);

  const clear = useCallback(() => {
    setParams((current) => {
      const next = new URLSearchParams(current);
      for (const name of names) if (name !== 'sort') next.delete(name);
      return next;
    });
  }, [setParams, names]);

  const activeCount = Object.keys(filters).filter((name) => name !== 'sort').length;
  return { filters, activeCount, setFilters, clear };
}
