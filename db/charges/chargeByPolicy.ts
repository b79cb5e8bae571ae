import type { Knex } from 'knex';
import { addDays, type LocalDate } from '../../domain/calendar/dates';
import type { ChargeRule } from '../../domain/charges/charge';
import type { Actor } from '../audit';
import type { NewTask } from '../work/raiseTasks';
import { makeCharges } from './makeCharges';

/** A step that charges, carried out. */
export interface PolicyCharge {
  key: string;
  invoiceId: number;
  customerId: number;
  rule: ChargeRule;
  version: string;
  at: Date;
  on: LocalDate;
}

const queueOfRefused = 'Collections';

/** Makes what steps charge. Where a rate is not on record nothing is guessed: the tasks that it answers with ask a person to see to it. */
export async function chargeByPolicy(trx: Knex.Transaction, charges: readonly PolicyCharge[]): Promise<NewTask[]> {
  const [first] = charges;
  if (!first) return [];
  const actor: Actor = { kind: 'system', id: 'policy', name: 'Collection policy' };
  const made = await makeCharges(trx, actor, charges, first.at);
  const byKey = new Map(charges.map((charge) => [charge.key, charge]));
  return made.flatMap(({ request, refusal }) => {
    const charge = request.key === null ? undefined : byKey.get(request.key);
    if (refusal === null || !charge) return [];
    const { key, customerId, invoiceId, version, at, on } = charge;
    return [{ key: `${key}/no-rate`, customerId, invoiceId, queue: queueOfRefused, title: 'Charge interest on {invoice} by hand', instructions: `${version} asks for it. ${refusal}`, dueOn: addDays(on, 1), at: at.getTime() }];
  });
}
