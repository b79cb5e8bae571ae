/** One measured figure, beside what it is measured against and what could not be beaten. */
export interface Figure {
  bench: string;
  what: string;
  /** Ours. */
  value: number;
  unit: string;
  /** What stands for "as good as it gets with these engines", measured in the same run. */
  baseline: { name: string; value: number } | null;
  /** Ours against the baseline; which way round says `target`. */
  ratio: number | null;
  target: string;
  reached: boolean;
  /** What bounds it on this machine. */
  limit: string;
  notes?: Record<string, string | number>;
}

export interface BenchSettings {
  /** 1: the sizes that the targets are stated for. Smaller is for trying the programs out, and says so in the figures. */
  scale: number;
  say: (line: string) => void;
}

export type Bench = (settings: BenchSettings) => Promise<Figure[]>;

/** A figure per second, or of anything else that is better when it is more: ours over the baseline. */
export function moreIsBetter(figure: Omit<Figure, 'ratio' | 'reached' | 'target'> & { baseline: { name: string; value: number } }, atLeast: number): Figure {
  const ratio = figure.value / figure.baseline.value;
  return { ...figure, ratio, target: `ratio ≥ ${atLeast}`, reached: ratio >= atLeast };
}

/** A duration, or anything else that is better when it is less: ours over the baseline. */
export function lessIsBetter(figure: Omit<Figure, 'ratio' | 'reached' | 'target'> & { baseline: { name: string; value: number } }, atMost: number): Figure {
  const ratio = figure.value / figure.baseline.value;
  return { ...figure, ratio, target: `ratio ≤ ${atMost}`, reached: ratio <= atMost };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export async function timed<T>(work: () => Promise<T> | T): Promise<{ seconds: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { seconds: (performance.now() - start) / 1_000, result };
}

/** Four significant digits, which is more than a shared machine repeats. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function table(figures: readonly Figure[]): string {
  const header = ['bench', 'what', 'ours', 'baseline', 'ratio', 'target', 'reached'];
  const rows = figures.map((figure) => [
    figure.bench,
    figure.what,
    `${rounded(figure.value)} ${figure.unit}`,
    figure.baseline ? `${rounded(figure.baseline.value)} ${figure.unit} (${figure.baseline.name})` : '',
    figure.ratio === null ? '' : figure.ratio.toFixed(2),
    figure.target,
    figure.reached ? 'yes' : 'NO',
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), '', ...figures.map((figure) => `${figure.bench}, ${figure.what}: limited by ${figure.limit}`)].join('\n');
}
