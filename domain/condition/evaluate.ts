import type { CustomValue, InvoiceFacts } from '../collection/facts';
import type { Condition, InvoicesCondition } from '../policy/types';
import type { ConditionFacts } from './catalogue';
import { compileComparison, type Test } from './compare';
import { describeCondition } from './describe';
import { explainComparison } from './explain';

export type { ConditionFacts } from './catalogue';

export interface Evaluation {
  holds: boolean;
  /** What the condition saw: field name to value, money as "450.00 USD". */
  inputs: Record<string, CustomValue>;
  /** Why it holds or not, in plain words; the same facts always give the same text. */
  reason: string;
}

const always: Test = () => true;
const never: Test = () => false;
const compiled = new WeakMap<Condition, Test>();

/**
 * The condition as a function, made once per condition object. Conditions belong to published policies, which never
 * change, so the object's identity is a safe key.
 */
export function compileCondition(condition: Condition | null): Test {
  if (condition === null) return always;
  const known = compiled.get(condition);
  if (known) return known;
  const test = compile(condition);
  compiled.set(condition, test);
  return test;
}

function compile(condition: Condition): Test {
  if ('all' in condition) {
    return allOf(condition.all.map(compileCondition));
  }
  if ('any' in condition) {
    return anyOf(condition.any.map(compileCondition));
  }
  if ('not' in condition) {
    const test = compileCondition(condition.not);
    return (facts) => !test(facts);
  }
  if ('invoices' in condition) return compileInvoices(condition);
  return compileComparison(condition);
}

/** Two by two, since a call of a known function costs a fraction of a walk over a list. */
function allOf([first = always, ...others]: readonly Test[]): Test {
  if (others.length === 0) return first;
  const rest = allOf(others);
  return (facts) => first(facts) && rest(facts);
}

function anyOf([first = never, ...others]: readonly Test[]): Test {
  if (others.length === 0) return first;
  const rest = anyOf(others);
  return (facts) => first(facts) || rest(facts);
}

function compileInvoices({ invoices, where }: InvoicesCondition): Test {
  const test = compileCondition(where);
  const each = (facts: ConditionFacts) => (invoice: InvoiceFacts): boolean => test({ ...facts, invoice });
  switch (invoices) {
    case 'some': return (facts) => facts.account?.invoices.some(each(facts)) ?? false;
    case 'none': return (facts) => !(facts.account?.invoices.some(each(facts)) ?? false);
    case 'every': return (facts) => facts.account !== undefined && facts.account.invoices.length > 0 && facts.account.invoices.every(each(facts));
  }
}

/**
 * Evaluates a condition and says why. Where only the answer matters, `compileCondition` is many times quicker.
 * Every comparison is looked at, also those that could not change the answer any more, so that the inputs are complete.
 */
export function evaluateCondition(condition: Condition | null, facts: ConditionFacts): Evaluation {
  if (condition === null) return { holds: true, inputs: {}, reason: 'no condition' };
  const inputs: Record<string, CustomValue> = {};
  const { holds, reasons } = explain(condition, facts, inputs);
  return { holds, inputs, reason: reasons.join(' and ') };
}

interface Explained {
  holds: boolean;
  reasons: string[];
}

function explain(condition: Condition, facts: ConditionFacts, inputs: Record<string, CustomValue>): Explained {
  if ('all' in condition) return decisive(condition.all, false, facts, inputs);
  if ('any' in condition) return decisive(condition.any, true, facts, inputs);
  if ('not' in condition) {
    const inner = explain(condition.not, facts, inputs);
    return { holds: !inner.holds, reasons: inner.reasons };
  }
  const holds = compileCondition(condition)(facts);
  if ('invoices' in condition) return { holds, reasons: [explainInvoices(condition, facts, inputs)] };
  const { reason, input } = explainComparison(condition, facts, holds);
  inputs[condition.field] = input;
  return { holds, reasons: [reason] };
}

/** Of a list, the parts that settled it: those equal to `decider` if there are any, otherwise all of them. */
function decisive(parts: readonly Condition[], decider: boolean, facts: ConditionFacts, inputs: Record<string, CustomValue>): Explained {
  const explained = parts.map((part) => explain(part, facts, inputs));
  const deciding = explained.filter((part) => part.holds === decider);
  const holds = deciding.length > 0 ? decider : !decider;
  const because = deciding.length > 0 ? deciding : explained;
  return { holds, reasons: because.flatMap((part) => part.reasons) };
}

/** Invoices that are named in a reason; of more it says how many. */
const invoicesNamedMax = 3;

function explainInvoices(condition: InvoicesCondition, facts: ConditionFacts, inputs: Record<string, CustomValue>): string {
  const open = facts.account?.invoices ?? [];
  const test = compileCondition(condition.where);
  const fulfilling = open.filter((invoice) => test({ ...facts, invoice }));
  const what = condition.where === null ? 'open' : `open with ${describeCondition(condition.where)}`;
  inputs[`invoices ${condition.where === null ? 'open' : describeCondition(condition.where)}`] = fulfilling.length;
  if (fulfilling.length === 0) return `no invoice is ${what}`;
  const named = fulfilling.slice(0, invoicesNamedMax).map(({ externalId }) => externalId).join(', ');
  const more = fulfilling.length > invoicesNamedMax ? ` and ${fulfilling.length - invoicesNamedMax} more` : '';
  return `${fulfilling.length} of ${open.length} open invoices ${fulfilling.length === 1 ? 'is' : 'are'} ${what} (${named}${more})`;
}
