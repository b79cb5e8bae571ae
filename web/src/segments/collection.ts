import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../http/client';
import { useWrite } from '../http/useWrite';

/** Invoices go over page by page; the figures follow them. */
const whileHandingOverMs = 1_000;

export const segmentCollectionQuery = (id: number) => queryOptions({
  queryKey: ['segments', id, 'collection'], queryFn: () => answered(api.GET('/segments/{id}/collection', { params: { path: { id } } })),
  refetchInterval: ({ state }) => (state.data?.handingOver ? whileHandingOverMs : false),
});

export function useSetCollection(id: number) {
  return useWrite({
    send: (inBatches: boolean) => answered(api.PUT('/segments/{id}/collection', { params: { path: { id } }, body: { inBatches } })),
    invalidates: [['segments']],
  });
}
