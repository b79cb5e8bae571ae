import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

export interface KeysetPage<Row> {
  items: Row[];
  next: string | null;
}

export const pageRows = 100;
/** What a choice offers: the longest page that is given, and more than anybody reads through. */
export const choicesMax = 200;

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
