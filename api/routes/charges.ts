import type { z } from 'zod';
import { chargeInvoice, ChargeError, listCharges, waiveCharge } from '../../db/charges';
import { findInvoice } from '../../db/readmodels/invoices';
import type { ChargeRule } from '../../domain/charges/charge';
import { parseRate } from '../../domain/charges/interest';
import type { chargeContracts, ChargeRule as ChargeRuleInput } from '../contracts/charges';
import type { Handlers } from '../http/call';
import { conflict, notFound } from '../http/problem';
import { now } from './ledgerContext';

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
