import type { z } from 'zod';
import { applyToCharge, chargeInvoice, ChargeError, listCharges, listReferenceRates, readAddedRates, setReferenceRate, waiveCharge } from '../../db/charges';
import { findInvoice } from '../../db/readmodels/invoices';
import type { ChargeRule } from '../../domain/charges/charge';
import { localDateAt } from '../../domain/calendar/zones';
import { parseRate, unitsPerPercent } from '../../domain/charges/interest';
import { missingHalfYears, statutoryPresets, statutoryRules } from '../../domain/charges/statutory';
import type { chargeContracts, ChargeRule as ChargeRuleInput } from '../contracts/charges';
import type { Handlers } from '../http/call';
import { conflict, notFound } from '../http/problem';
import { ledgerContext, now } from './ledgerContext';
import { paged } from './paging';

export const chargeHandlers: Handlers<typeof chargeContracts> = {
  listCharges: async ({ db, params }) => {
    if (!(await findInvoice(db, params.id))) throw notFound('invoice', params.id);
    return { items: await listCharges(db, { invoiceId: params.id }) };
  },
  chargeInvoice: async ({ trx, params, body, actor }) => {
    const at = await now(trx);
    const items = await refusing(() => chargeInvoice(trx, actor, params.id, ruleOf(body.rule), at));
    if (!items) throw notFound('invoice', params.id);
    return { items };
  },
  waiveCharge: async ({ trx, params, body, actor }) => {
    const at = await now(trx);
    const charge = await refusing(() => waiveCharge(trx, actor, params.id, body.reason, at));
    if (!charge) throw notFound('charge', params.id);
    return charge;
  },
  payCharge: async ({ trx, params, body, actor }) => {
    const context = await ledgerContext(trx, actor);
    const charge = await refusing(() => applyToCharge(trx, context, params.id, body.paymentId));
    if (!charge) throw notFound('charge or payment', params.id);
    return charge;
  },
  listReferenceRates: ({ db, query }) => paged(query, 'preset', 2, async ({ after, limit }) => {
    const rates = (await listReferenceRates(db)).filter(({ preset }) => query.preset === undefined || preset === query.preset);
    const from = after === null ? 0 : rates.findIndex(({ preset, halfYear }) => preset === after[0] && halfYear === after[1]) + 1;
    const rows = rates.slice(from, from + limit);
    const last = rows.at(-1);
    return { rows: rows.map(({ rate, ...each }) => ({ ...each, percent: String(rate / unitsPerPercent) })), next: last && from + limit < rates.length ? [last.preset, last.halfYear] : null };
  }),
  listRatePresets: async ({ db }) => {
    const added = await readAddedRates(db);
    const today = localDateAt((await now(db)).getTime(), 'UTC');
    return {
      items: statutoryPresets.map((preset) => {
        const { title, law, pointsAbove, ratesUntil, checked } = statutoryRules[preset];
        return { preset, title, law, pointsAbove, knownUntil: ratesUntil, checkedOn: checked.on, checkedAgainst: checked.against, missing: missingHalfYears(preset, today, added) };
      }),
    };
  },
  setReferenceRate: async ({ trx, params, body, actor }) => {
    const { percent, source } = body;
    const rate = (parseRate(percent.replace('-', '')) ?? 0) * (percent.startsWith('-') ? -1 : 1);
    await setReferenceRate(trx, actor, { ...params, rate, source }, await now(trx));
  },
};

function ruleOf(rule: z.output<typeof ChargeRuleInput>): ChargeRule {
  switch (rule.kind) {
    case 'percent': return { kind: 'percent', rate: parseRate(rule.percent) ?? 0 };
    case 'interest': return { kind: 'interest', rate: parseRate(rule.percent) ?? 0, dayCount: rule.dayCount };
    case 'fixed':
    case 'statutory': return rule;
  }
}

async function refusing<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof ChargeError) throw conflict(error.message);
    throw error;
  }
}
