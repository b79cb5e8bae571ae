import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import { unitsPerPercent, type RateUnits } from '../../domain/charges/interest';
import { statutoryPresets, statutoryRules, type AddedRates, type StatutoryPreset } from '../../domain/charges/statutory';
import { appendAudit, type Actor } from '../audit';

export interface ReferenceRate {
  preset: StatutoryPreset;
  halfYear: LocalDate;
  rate: RateUnits;
  source: string;
  /** Null for those that come with the product. */
  addedBy: string | null;
  addedAt: Date | null;
}

interface Row {
  preset: StatutoryPreset;
  halfYear: LocalDate;
  rate: RateUnits;
  source: string;
  addedBy: string;
  addedAt: Date;
}

export async function readAddedRates(db: Knex): Promise<AddedRates> {
  const found: Partial<Record<StatutoryPreset, Record<LocalDate, RateUnits>>> = {};
  for (const { preset, halfYear, rate } of await readRows(db)) (found[preset] ??= {})[halfYear] = rate;
  return found;
}

/** Every rate that interest by law goes by, the newest first. */
export async function listReferenceRates(db: Knex): Promise<ReferenceRate[]> {
  const added = await readRows(db);
  const known = statutoryPresets.flatMap((preset) => Object.entries(statutoryRules[preset].reference).map(([halfYear, percent]): ReferenceRate => ({
    preset, halfYear, rate: Math.round(percent * unitsPerPercent), source: statutoryRules[preset].source, addedBy: null, addedAt: null,
  })));
  const instead = new Set(added.map(({ preset, halfYear }) => `${preset}/${halfYear}`));
  return [...added, ...known.filter(({ preset, halfYear }) => !instead.has(`${preset}/${halfYear}`))]
    .sort((a, b) => (a.preset < b.preset ? -1 : a.preset > b.preset ? 1 : a.halfYear < b.halfYear ? 1 : -1));
}

/** Adds the rate of a half-year, or puts one right that was added. What has been charged by it stays as it was. */
export async function setReferenceRate(trx: Knex.Transaction, actor: Actor, { preset, halfYear, rate, source }: Omit<ReferenceRate, 'addedBy' | 'addedAt'>, at: Date): Promise<void> {
  const before = await trx('reference_rates').where({ preset, half_year: halfYear }).first('rate_units', 'source') as { rate_units: number; source: string } | undefined;
  const row = { preset, half_year: halfYear, rate_units: rate, source, added_at: at, added_by: actor.name };
  await trx('reference_rates').insert(row).onConflict(['preset', 'half_year']).merge();
  await appendAudit(trx, [{ actor, action: 'reference-rate.set', subjectType: 'settings', subjectId: `${preset}/${halfYear}`, before: before ? { rateUnits: before.rate_units, source: before.source } : null, after: { rateUnits: rate, source } }]);
}

async function readRows(db: Knex): Promise<Row[]> {
  const { rows } = await db.raw<{ rows: Row[] }>('SELECT preset, half_year AS "halfYear", rate_units AS rate, source, added_by AS "addedBy", added_at AS "addedAt" FROM reference_rates');
  return rows;
}
