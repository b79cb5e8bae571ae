import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { useWrite } from '../http/useWrite';

export type ReferenceRate = Schema<'ReferenceRate'>;
export type RatePreset = Schema<'RatePreset'>;

const ratesKey = ['reference-rates'] as const;

export const ratesQuery = queryOptions({ queryKey: ratesKey, queryFn: () => answered(api.GET('/reference-rates')) });

export function useSetRate() {
  return useWrite({
    send: ({ preset, halfYear, percent, source }: Pick<ReferenceRate, 'preset' | 'halfYear' | 'percent' | 'source'>) => answered(api.PUT('/reference-rates/{preset}/{halfYear}', { params: { path: { preset, halfYear } }, body: { percent, source } })),
    invalidates: [ratesKey],
  });
}
