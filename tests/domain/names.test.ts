import { checkAutomation } from '../../domain/automation/checkAutomation';
import { automationDocument } from '../../domain/automation/schema';
import { checkCampaign } from '../../domain/campaign/checkCampaign';
import { readCampaign } from '../../domain/campaign/readCampaign';
import { campaignDocument } from '../../domain/campaign/schema';
import { Problems } from '../../domain/policy/problems';
import { parseCondition } from '../../domain/policy/readCondition';
import { checkNamesOf, type KnownNames } from '../../domain/templates/named';

const names: KnownNames = {
  templates: [{ name: 'overdue', kind: 'customer' }, { name: 'statement', kind: 'statement' }, { name: 'campaign-offer', kind: 'campaign' }, { name: 'account-summary', kind: 'segment' }, { name: 'internal-notice', kind: 'internal' }],
  policies: ['reference', 'strict'],
  segments: ['at-risk'],
  customFields: [{ name: 'customer.custom.score', type: 'number' }, { name: 'customer.custom.vip', type: 'boolean' }, { name: 'customer.custom.since', type: 'date' }, { name: 'invoice.custom.project', type: 'text' }],
  queues: ['Collections', 'q'],
  taskTemplates: ['first-call'],
};

function automation(actions: object[], trigger: object = { kind: 'payment.partial' }): { path: string; message: string }[] {
  return checkAutomation(automationDocument.parse({ title: 'T', trigger, actions }), names);
}

function campaign(changes: object): { path: string; message: string }[] {
  return checkCampaign(campaignDocument.parse({ title: 'T', audience: { segment: 'at-risk' }, schedule: { kind: 'now' }, steps: [{ id: 'first', afterDays: 0, action: { kind: 'email', template: 'overdue' } }], ...changes }), names);
}

describe('an automation', () => {
  test('that names what there is, is taken; a day of the ladder means the reminder that is written on it', () => {
    expect(automation([{ kind: 'email', template: 'overdue-17' }, { kind: 'assign-policy', policy: 'strict' }, { kind: 'task', queue: 'q', title: 'Call {customer} about {invoice}' }])).toEqual([]);
  });

  test('a template that is not published, with its place and the nearest that is', () => {
    expect(automation([{ kind: 'task', queue: 'q', title: 't' }, { kind: 'email', template: 'ovredue' }])).toEqual([{ path: 'actions[1].template', message: 'no template "ovredue" is published, did you mean "overdue"?; allowed: overdue' }]);
  });

  test('a template that tells of what the event does not give, with the fields', () => {
    expect(automation([{ kind: 'email', template: 'statement' }])).toEqual([{
      path: 'actions[0].template', message: '"statement" is a template of the kind statement: it needs statement.from, statement.to, statement.entries, statement.items and statement.aging, which an email about payment.partial does not give; allowed: overdue',
    }]);
    expect(automation([{ kind: 'email', template: 'campaign-offer' }])[0]?.message).toContain('it needs campaign.name,');
    expect(automation([{ kind: 'email', template: 'account-summary' }])[0]?.message).toContain('it needs segment.name,');
  });

  test('a policy of which no version is in force, with the nearest', () => {
    expect(automation([{ kind: 'assign-policy', policy: 'refrence' }])).toEqual([{ path: 'actions[0].policy', message: 'no version of a policy "refrence" is in force, did you mean "reference"?; allowed: reference, strict' }]);
  });

  test('a segment that its condition asks about, however deep, with its place and the nearest', () => {
    const when = { all: [{ field: 'invoice.daysPastDue', op: '>', value: 3 }, { not: { field: 'customer.segments', op: 'in', value: ['at-risk', 'at-rsk'] } }] };
    expect(checkAutomation(automationDocument.parse({ title: 'T', trigger: { kind: 'payment.partial' }, when, actions: [{ kind: 'notify', audience: 'sales', title: 't' }] }), names)).toEqual([
      { path: 'when.all[1].not.value[1]', message: 'there is no segment "at-rsk", did you mean "at-risk"?; allowed: at-risk' },
    ]);
  });

  test('a queue that its condition asks about, whatever its case, with its place and the nearest', () => {
    const check = (when: object) => checkAutomation(automationDocument.parse({ title: 'T', trigger: { kind: 'task.overdue' }, when, actions: [{ kind: 'notify', audience: 'sales', title: 't' }] }), names);
    expect(check({ field: 'event.queue', op: 'in', value: ['collections', 'Q'] })).toEqual([]);
    expect(check({ any: [{ field: 'event.title', op: '=', value: 'x' }, { field: 'event.queue', op: 'in', value: ['q', 'Colections'] }] })).toEqual([
      { path: 'when.any[1].value[1]', message: 'there is no queue "Colections", did you mean "Collections"?; allowed: Collections, q' },
    ]);
  });

  describe('the custom fields that its condition asks about', () => {
    const problemsOf = (when: object) => checkAutomation(automationDocument.parse({ title: 'T', trigger: { kind: 'payment.partial' }, when, actions: [{ kind: 'notify', audience: 'sales', title: 't' }] }), names);

    test('are those of the ledger: another is told with its place and the nearest', () => {
      expect(problemsOf({ any: [{ field: 'customer.custom.scroe', op: '>', value: 5 }, { field: 'invoice.custom.vip', op: 'is-set' }] })).toEqual([
        { path: 'when.any[0].field', message: 'there is no custom field "customer.custom.scroe", did you mean "customer.custom.score"?; allowed: customer.custom.score, customer.custom.vip, customer.custom.since, invoice.custom.project' },
        { path: 'when.any[1].field', message: expect.stringContaining('there is no custom field "invoice.custom.vip"') as string },
      ]);
    });

    test.each([
      [{ field: 'customer.custom.score', op: '=', value: 'high' }, '"high" is never the value of customer.custom.score, whose type is number; allowed: a number, as in 30'],
      [{ field: 'customer.custom.score', op: 'in', value: [1, '2', 'three'] }, '"three" is never'],
      [{ field: 'customer.custom.vip', op: '=', value: 'yes' }, '"yes" is never the value of customer.custom.vip, whose type is boolean; allowed: true or false'],
      [{ field: 'customer.custom.since', op: '<', value: 2026 }, '2026 is never the value of customer.custom.since, whose type is date'],
    ])('are compared with what they can be: %j', (when, message) => {
      expect(problemsOf({ not: when })).toEqual([{ path: 'when.not.value', message: expect.stringContaining(message) as string }]);
    });

    test.each([
      { field: 'customer.custom.score', op: '>', value: 5 }, { field: 'customer.custom.score', op: 'in', value: [1, '2'] }, { field: 'customer.custom.score', op: 'is-set' }, { field: 'customer.custom.vip', op: '!=', value: true },
      { field: 'customer.custom.since', op: '<', value: '2026-01-01' }, { field: 'customer.custom.since', op: '>=', value: 'today-30d' }, { field: 'invoice.custom.project', op: '>', value: 7 }, { field: 'invoice.custom.project', op: '=', value: 'north' },
    ])('are taken: %j, as it is written and as it has been read', (when) => {
      expect(problemsOf(when)).toEqual([]);
      const parsed = parseCondition(when, { subject: 'invoice' });
      const problems = new Problems();
      if (parsed.ok) checkNamesOf(parsed.condition, [], names, problems);
      expect([parsed.ok, problems.found]).toEqual([true, []]);
    });
  });

  test('a field in braces that tasks and notices do not have', () => {
    expect(automation([{ kind: 'task', queue: 'q', title: 'Call {custommer}', instructions: '{nothing}' }, { kind: 'notify', audience: 'sales', title: '{invoce} is part paid' }]).map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'actions[0].title: {custommer} is no field of a task, did you mean "customer"?', 'actions[0].instructions: {nothing} is no field of a task', 'actions[1].title: {invoce} is no field of a task, did you mean "invoice"?',
    ]);
  });

  test('what can never happen: nobody is asked for what is settled', () => {
    expect(automation([{ kind: 'email', template: 'overdue' }, { kind: 'task', queue: 'q', title: 'Thank {customer}' }], { kind: 'invoice.settled' })).toMatchObject([{ path: 'actions[0].kind', message: expect.stringContaining('no email ever happens') as string }]);
  });

  test('an email to leadership: by a template of the kind internal, to people whom a policy may name, with the fields of a task, and not about what is settled', () => {
    const leadership = { kind: 'leadership', title: '{customer} disputes {open}' };
    expect(automation([leadership, { ...leadership, to: ['owner', 'credit-manager', 'cfo@example.com'], text: 'Decide about {invoice}' }])).toEqual([]);
    expect(automation([{ ...leadership, template: 'overdue', title: '{custmer}' }])).toEqual([
      { path: 'actions[0].template', message: expect.stringContaining('"overdue" is a template of the kind customer') as string }, { path: 'actions[0].title', message: expect.stringContaining('{custmer} is no field of a task, did you mean "customer"?') as string },
    ]);
    expect(automation([leadership, { kind: 'webhook' }], { kind: 'invoice.settled' })).toMatchObject([{ path: 'actions[0].kind', message: expect.stringContaining('no leadership ever happens') as string }]);
    expect(() => automation([{ ...leadership, to: ['the boss'] }])).toThrow();
  });
});

test('a queue or an audience that is not there is refused with its place and the nearest; case makes no other queue', () => {
  expect(automation([
    { kind: 'task', queue: 'collections', title: 't' }, { kind: 'task', queue: 'Colections', title: 't' }, { kind: 'notify', audience: 'collector', title: 't' }, { kind: 'notify', audience: 'colector', title: 't' },
    { kind: 'escalate', queue: 'Credit', title: 't' }, { kind: 'escalate', queue: 'Q', audience: 'boss', title: 't' }, { kind: 'notify', audience: 'owner', title: 't' }, { kind: 'notify', audience: 'cfo@example.com', title: 't' },
  ])).toEqual([
    { path: 'actions[1].queue', message: 'there is no queue "Colections", did you mean "Collections"?; allowed: Collections, q' },
    { path: 'actions[3].audience', message: "there is no role or queue \"colector\", did you mean \"collector\"?; allowed: admin, credit-manager, collector, sales, viewer, owner, Collections, q, or a colleague's address" },
    { path: 'actions[4].queue', message: 'there is no queue "Credit"; allowed: Collections, q' },
    { path: 'actions[5].audience', message: expect.stringContaining('there is no role or queue "boss"') as string },
  ]);
  expect(campaign({ steps: [
    { id: 'call', afterDays: 0, action: { kind: 'task', queue: 'Calls', title: 't' } },
    { id: 'raise', afterDays: 0, action: { kind: 'escalate', template: 'overdue', task: { queue: 'Credit', title: 't' }, audience: 'credit manager' } },
  ] }).map(({ path }) => path)).toEqual(['steps[0].action.queue', 'steps[1].action.task.queue', 'steps[1].action.audience']);
});

test('a task template that is not in use is refused, and so is what instructions cannot hold; a document of before that says neither is taken', () => {
  const call = { kind: 'task', queue: 'q', title: 't' };
  expect(automation([call, { ...call, template: 'first-call', instructions: 'Ask {customer}' }, { ...call, template: 'frist-call', instructions: '{custmer}' }])).toEqual([
    { path: 'actions[2].template', message: 'no task template "frist-call" is in use, did you mean "first-call"?; allowed: first-call' },
    { path: 'actions[2].instructions', message: '{custmer} is no field of a task, did you mean "customer"?' },
  ]);
  const step = (action: object): object => ({ id: 'call', afterDays: 0, action });
  expect(campaign({ steps: [step(call)] })).toEqual([]);
  expect(campaign({ steps: [step({ ...call, template: 'first-call', instructions: 'Ask {owner}' })] })).toEqual([]);
  expect(campaign({ steps: [step({ ...call, template: 'lost', instructions: 'About {open}' })] }).map(({ path }) => path)).toEqual(['steps[0].action.template', 'steps[0].action.instructions']);
});

describe('a campaign', () => {
  test('may send campaign letters and reminders, and escalate with them', () => {
    expect(campaign({ steps: [
      { id: 'first', afterDays: 0, action: { kind: 'email', template: 'campaign-offer' } }, { id: 'second', afterDays: 7, action: { kind: 'escalate', template: 'overdue', task: { queue: 'q', title: 'Decide on {customer}' } } },
    ] })).toEqual([]);
  });

  test('its segment, its templates, those of its variants and their policies are all looked for', () => {
    expect(campaign({
      audience: { segment: 'at-rsk' },
      steps: [{ id: 'first', afterDays: 0, action: { kind: 'email', template: 'account-summary' } }, { id: 'last', afterDays: 1, action: { kind: 'escalate', template: 'nothing' } }],
      experiment: { holdoutPercent: 0, horizonDays: 10, variants: [{ name: 'a', percent: 50, templates: { first: 'campain-offer' } }, { name: 'b', percent: 50, policy: 'strikt' }] },
    }).map(({ path }) => path)).toEqual(['audience.segment', 'steps[0].action.template', 'steps[1].action.template', 'experiment.variants[0].templates.first', 'experiment.variants[1].policy']);
  });

  test('so is the segment that its audience is asked about', () => {
    expect(campaign({ audience: { when: { any: [{ field: 'customer.segments', op: 'not-in', value: ['late'] }] } } })).toEqual([{ path: 'audience.when.any[0].value[0]', message: 'there is no segment "late"; allowed: at-risk' }]);
  });

  test('a field of an invoice has no value in a task about a customer', () => {
    expect(campaign({ steps: [{ id: 'call', afterDays: 0, action: { kind: 'task', queue: 'q', title: 'Call {customer} about {invoice}' } }] })).toEqual([
      { path: 'steps[0].action.title', message: "{invoice} has no value: a campaign's task is about a customer, not about one invoice; allowed: {customer}, {externalId}, {owner}" },
    ]);
  });

  test('an offer or a template for a step that is no email is refused, with the nearest step', () => {
    const read = readCampaign(campaignDocument.parse({
      title: 'T', audience: { segment: 'x' }, schedule: { kind: 'now' }, steps: [{ id: 'first', afterDays: 0, action: { kind: 'email', template: 'overdue' } }, { id: 'call', afterDays: 0, action: { kind: 'task', queue: 'q', title: 't' } }],
      experiment: { holdoutPercent: 0, horizonDays: 10, variants: [{ name: 'a', percent: 50, templates: { call: 'overdue' } }, { name: 'b', percent: 50, discounts: { frist: null, call: null } }] },
    }));
    expect(read).toMatchObject({ problems: [
      { path: 'experiment.variants[0].templates.call', message: 'is no step of this campaign that writes; allowed: first' },
      { path: 'experiment.variants[1].discounts.frist', message: 'is no email of this campaign, did you mean "first"?; allowed: first' }, { path: 'experiment.variants[1].discounts.call' },
    ] });
  });

  test('an escalation that does nothing is refused', () => {
    expect(() => campaignDocument.parse({ title: 'T', audience: { segment: 'x' }, schedule: { kind: 'now' }, steps: [{ id: 'a', afterDays: 0, action: { kind: 'escalate' } }] })).toThrow('say which template the escalation contacts get');
  });
});
