import type { SeededRandom } from './seededRandom';

/** How a customer pays. Days are counted from the due date. */
export type Behaviour = {
  weight: number;
  name: 'prompt' | 'on-time' | 'slow' | 'erratic' | 'at-risk';
  tier: 'key' | 'standard' | 'watch';
  termsDays: readonly number[];
  /** When a payment comes; null: it does not come. */
  daysAfterDue(random: SeededRandom): number | null;
  partialChance: number;
};

export const behaviours: readonly Behaviour[] = [
  { weight: 22, name: 'prompt', tier: 'key', termsDays: [30, 45], partialChance: 0, daysAfterDue: (random) => random.between(-18, -1) },
  { weight: 30, name: 'on-time', tier: 'standard', termsDays: [14, 30], partialChance: 0.02, daysAfterDue: (random) => random.between(-4, 3) },
  { weight: 26, name: 'slow', tier: 'standard', termsDays: [30, 45, 60], partialChance: 0.12, daysAfterDue: (random) => random.between(5, 34) },
  { weight: 14, name: 'erratic', tier: 'standard', termsDays: [14, 30], partialChance: 0.2, daysAfterDue: (random) => (random.chance(0.15) ? null : random.between(-6, 70)) },
  { weight: 10, name: 'at-risk', tier: 'watch', termsDays: [14, 30], partialChance: 0.3, daysAfterDue: (random) => (random.chance(0.45) ? null : random.between(30, 150)) },
];
