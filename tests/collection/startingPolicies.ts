import { parsePolicy } from '../../domain/policy/parsePolicy';
import type { PolicyText } from '../../cli/policyFiles';

/** A policy whose steps start a firmer one, which starts a third and, in a circle, the first again. */
export function startingPolicies(): PolicyText & { others: PolicyText[] } {
  const [first, ...others] = texts.map((source): PolicyText => {
    const parsed = parsePolicy(source, 'yaml', { policies: ['opening', 'firm', 'last'] });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    return { policy: parsed.policy, source };
  });
  return { ...first!, others };
}

const large = 'when: { field: invoice.balance, op: ">", value: { USD: "300.00", EUR: "300.00", GBP: "300.00", JPY: "30000", KWD: "100.000" } }';

const texts = [
  `
policy: opening
version: 1
contact: { minimumDaysBetween: 3 }
steps:
  - { id: deliver, anchor: issued, offset: { days: 0 }, exemptFromSpacing: true, catchUp: { sendLate: { limitDays: 5 } }, actions: [{ email: { template: delivery } }] }
  - { id: due, anchor: due, offset: { days: 0 }, actions: [{ email: { template: due } }] }
  - { id: remind, anchor: due, offset: { days: 5 }, actions: [{ email: { template: overdue-7 } }] }
  - { id: to-firm, anchor: due, offset: { days: 9 }, ${large}, actions: [{ email: { template: overdue-14 } }, { task: { queue: Care, title: Call } }, { startPolicy: { policy: firm } }] }
  - { id: overdue-20, anchor: due, offset: { businessDays: 14 }, actions: [{ email: { template: overdue-30 } }] }
`,
  `
policy: firm
version: 1
contact: { minimumDaysBetween: 2 }
minimumNoticeDays: 4
steps:
  - { id: remind, anchor: due, offset: { days: 5 }, actions: [{ email: { template: overdue-7 } }] }
  - { id: warn, anchor: due, offset: { days: 10 }, at: "10:30", actions: [{ email: { template: overdue-14 } }] }
  - { id: hold, anchor: previous, offset: { days: 5 }, ${large}, actions: [{ hold: { releaseNotice: { template: released } } }, { email: { template: hold-notice } }] }
  - { id: again, anchor: due, offset: { days: 24 }, minimumNoticeDays: 0, when: { field: invoice.currency, op: in, value: [EUR, JPY] }, actions: [{ startPolicy: { policy: opening } }] }
  - { id: to-last, anchor: due, offset: { days: 30 }, minimumNoticeDays: 0, actions: [{ notify: { audience: credit-manager, title: It is grave } }, { escalate: { queue: Credit, title: "Decide about {invoice}" } }, { startPolicy: { policy: last } }] }
`,
  `
policy: last
version: 3
contact: { minimumDaysBetween: 1, merge: per-invoice }
steps:
  - { id: stop, anchor: due, offset: { days: 20 }, actions: [{ hold: {} }] }
  - { id: warn, anchor: due, offset: { days: 36 }, actions: [{ email: { template: overdue-30 } }] }
  - { id: hand-over, anchor: previous, offset: { days: 7 }, actions: [{ handoff: {} }, { startPolicy: { policy: firm } }] }
`,
];
