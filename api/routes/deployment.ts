import { appendAudit, listAudit, verifyAudit } from '../../db/audit';
import { ClockError, pauseClock, readClock, requestAdvance, setPlay } from '../../db/clock/clock';
import { readUnrest, waitsFor } from '../../db/clock/milestones';
import { putBusinessUnit, putCustomField, SettingError } from '../../db/settings/settings';
import { readOverview } from '../../db/readmodels/overview';
import { listBusinessUnits, listCustomFields, searchLedger } from '../../db/readmodels/settings';
import type { deploymentContracts } from '../contracts/deployment';
import type { Handlers } from '../http/call';
import { conflict } from '../http/problem';
import type { Knex } from 'knex';
import { paged } from './paging';

export const deploymentHandlers: Handlers<typeof deploymentContracts> = {
  getOverview: async ({ db }) => readOverview(db),
  search: async ({ db, query }) => searchLedger(db, query.q),

  listAudit: async ({ db, query }) => paged(query, '-seq', 1, async ({ after, limit }) => {
    const rows = await listAudit(db, { ...query, from: instant(query.from), to: instant(query.to), ...(after ? { beforeSeq: Number(after[0]) } : {}) }, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: page.map(({ seq, actorKind, ...row }) => ({ ...row, id: seq, actorKind: actorKind as 'user' | 'api-key' | 'system' })),
      next: rows.length > limit && last ? [String(last.seq)] : null,
    };
  }),
  verifyAudit: {
    outside: true,
    handle: async ({ deps }) => {
      const verdict = await verifyAudit(deps.knex);
      return { valid: verdict.kind === 'whole', entries: verdict.entries, problems: verdict.kind === 'whole' ? [] : [{ id: verdict.seq, problem: verdict.message }] };
    },
  },

  getClock: async ({ db }) => clock(db),
  advanceClock: async ({ trx, body, actor }) => {
    const before = await clock(trx);
    await refusing(() => requestAdvance(trx, Date.parse(body.to)));
    await appendAudit(trx, [{ actor, action: 'clock.advanced', subjectType: 'clock', subjectId: 'clock', before: { now: before.now }, after: { target: body.to } }]);
    return clock(trx);
  },
  playClock: async ({ trx, body, actor }) => {
    await refusing(() => setPlay(trx, body.hoursPerSecond));
    await appendAudit(trx, [{ actor, action: 'clock.playing', subjectType: 'clock', subjectId: 'clock', after: body }]);
    return clock(trx);
  },
  pauseClock: async ({ trx, actor }) => {
    await refusing(() => pauseClock(trx));
    await appendAudit(trx, [{ actor, action: 'clock.paused', subjectType: 'clock', subjectId: 'clock' }]);
    return clock(trx);
  },

  listBusinessUnits: async ({ db }) => ({ items: await listBusinessUnits(db) }),
  putBusinessUnit: async ({ trx, params, body, actor }) => putBusinessUnit(trx, actor, { code: params.code, name: body.name }),
  listCustomFields: async ({ db }) => ({ items: await listCustomFields(db) }),
  putCustomField: async ({ trx, params, body, actor }) => refusing(() => putCustomField(trx, actor, { ...params, type: body.type, label: body.label ?? null })),
};

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

async function clock(db: Knex) {
  const { mode, now, target, playHoursPerSecond } = await readClock(db);
  const waitingFor = mode === 'real' ? [] : waitsFor(await readUnrest(db, now));
  return { mode, now: new Date(now), target: target === null ? null : new Date(target), advancing: target !== null, playHoursPerSecond, waitingFor };
}

async function refusing<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof ClockError || error instanceof SettingError) throw conflict(error.message);
    throw error;
  }
}
