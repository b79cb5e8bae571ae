import { readRun, type SegmentRunDocument } from '../../../domain/segment/readRun';

const tuesdays: SegmentRunDocument = {
  rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'Europe/Berlin', atMinute: 540, holidays: { country: 'DE', region: 'BY' }, when: null, invoices: { which: 'overdue', where: null }, minimumDaysBetween: 3,
  actions: [{ kind: 'task', queue: 'collections', title: 'Look at {customer}', instructions: 'It owes {open}.', dueInDays: 1 }],
};
const errors = (changes: Partial<SegmentRunDocument>): string[] => {
  const read = readRun({ ...tuesdays, ...changes }, { segments: ['large', 'late'], queues: ['Collections', 'Sales'], taskTemplates: ['first-call'] });
  return read.ok ? [] : read.errors.map(({ path, message }) => `${path}: ${message}`);
};

test.each<[string, Partial<SegmentRunDocument>, string[]]>([
  ['nothing is wrong', {}, []],
  ['a country of which no holidays are known', { holidays: { country: 'UK', region: null } }, ['holidays.country: no public holidays are known for "UK"']],
  ['a region that is none of it', { holidays: { country: 'DE', region: 'XYZ' } }, ['holidays.region: "XYZ" is not a region of DE']],
  ['a field that no task has', { actions: [{ kind: 'task', queue: 'Sales', title: 'Look at {customr}', instructions: null, dueInDays: 1 }, { kind: 'notify', audience: 'sales', title: '{ownr}' }] },
    ['actions[0].title: {customr} is no field of a task, did you mean "customer"?', 'actions[1].title: {ownr} is no field of a task, did you mean "owner"?']],
  ['queues that are not there', { actions: [{ kind: 'task', queue: 'Sale', title: 't', instructions: null, dueInDays: 1 }, { kind: 'notify', audience: 'viewers', title: 't' }] },
    ['actions[0].queue: there is no queue "Sale", did you mean "Sales"?', 'actions[1].audience: there is no role or queue "viewers", did you mean "viewer"?']],
  ['a task template that is not in use', { actions: [{ kind: 'task', queue: 'Sales', title: 't', dueInDays: 1, template: 'first-call' }, { kind: 'task', queue: 'Sales', title: 't', dueInDays: 1, template: 'last-call' }] },
    ['actions[1].template: no task template "last-call" is in use, did you mean "first-call"?']],
  ['a field of conditions that is not there', { when: { field: 'overdueShare', op: '>', value: 25 } }, ['when.field: unknown field "overdueShare", did you mean "customer.overdueShare"?']],
  ['segments that are not there', { when: { field: 'customer.segments', op: 'in', value: ['lrage'] }, invoices: { which: 'open', where: { not: { field: 'customer.segments', op: 'in', value: ['late', 'new'] } } } },
    ['when.value[0]: there is no segment "lrage", did you mean "large"?', 'invoices.where.not.value[1]: there is no segment "new"']],
  ['an abbreviation as a zone', { timeZone: 'CET' }, ['timeZone: "CET" is not an IANA time zone of the form Area/City; did you mean Europe/Brussels?']],
])('a schedule: %s', (_what, changes, expected) => {
  expect(errors(changes)).toEqual(expected);
});
