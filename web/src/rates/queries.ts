import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { everyRow, pageRowsMax } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type ReferenceRate = Schema<'ReferenceRate'>;
export type RatePreset = Schema<'RatePreset'>;

const ratesKey = ['reference-rates'] as const;

export const ratePresetsQuery = queryOptions({ queryKey: [...ratesKey, 'presets'], queryFn: () => answered(api.GET('/reference-rates/presets')) });
/** Two a year: a page has a century of them. */
export const ratesQuery = (preset: RatePreset['preset']) => queryOptions({ queryKey: [...ratesKey, 'list', preset], queryFn: () => everyRow((cursor) => answered(api.GET('/reference-rates', { params: { query: { preset, cursor, limit: pageRowsMax } } }))) });

export function useSetRate() {
  return useWrite({
    send: ({ preset, halfYear, percent, source }: Pick<ReferenceRate, 'preset' | 'halfYear' | 'percent' | 'source'>) => answered(api.PUT('/reference-rates/{preset}/{halfYear}', { params: { path: { preset, halfYear } }, body: { percent, source } })),
    invalidates: [ratesKey],
  });
}
