import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

export interface KeysetPage<Row> {
  items: Row[];
  next: string | null;
}

export const pageRows = 100;
/** The longest page that is given. */
export const pageRowsMax = 200;

/** All rows of a list, page after page: what a choice offers. */
export async function everyRow<Row>(fetchPage: (cursor: string | undefined) => Promise<KeysetPage<Row>>): Promise<{ items: Row[] }> {
  const items: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return { items };
}

/**
 * A list that is fetched page after page as it is scrolled; the rows of the last filter stay until the new ones are here.
 * @param movesMs how soon it is asked for again while one of its rows is on the move; false: it rests
 */
export function useKeysetList<Row>(queryKey: QueryKey, fetchPage: (cursor: string | undefined) => Promise<KeysetPage<Row>>, movesMs: (rows: readonly Row[]) => number | false = () => false) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => movesMs(state.data?.pages.flatMap(({ items }) => items) ?? []),
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const { fetchNextPage } = query;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return {
    rows,
    error: query.error,
    isError: query.isError,
    refetch: query.refetch,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore,
    stale: query.isPlaceholderData,
  };
}

export type KeysetList<Row> = ReturnType<typeof useKeysetList<Row>>;
