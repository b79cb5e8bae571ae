import { parsePolicy } from '../../../domain/policy/parsePolicy';
import type { PolicyError } from '../../../domain/policy/problems';

const step = '  - {id: a, anchor: due, offset: {days: 1}, actions: [{email: {template: due}}]}';
const right = `policy: x\nversion: 1\nsteps:\n${step}\n`;
const withWhen = (when: string): string => right.replace('anchor: due', `anchor: due, when: ${when}`);
const withCalendar = (calendar: string): string => `${right}calendar: ${calendar}\n`;
const balance = (value: string): string => withWhen(`{field: invoice.balance, op: ">", value: ${value}}`);

function errorsOf(text: string, format?: 'yaml' | 'json'): PolicyError[] {
  const parsed = parsePolicy(text, format, { templates: ['due', 'overdue-7'] });
  return parsed.ok ? [] : parsed.errors;
}

test('the document that the errors below are made from is right', () => {
  expect(errorsOf(right)).toEqual([]);
});

describe('an error says where and what', () => {
  test.each<[string, string, string, string]>([
    ['misspelt key', right.replace('anchor: due', 'anchor: due, titel: x'), 'steps[0].titel', 'unknown key "titel", did you mean "title"?'],
    ['key from nowhere', `${right}cost: 5\n`, 'cost', 'unknown key "cost"'],
    ['missing key', right.replace('version: 1\n', ''), 'version', 'is missing'],
    ['version 0', right.replace('version: 1', 'version: 0'), 'version', '0 is not a whole number from 1 to 1000000'],
    ['name with spaces', right.replace('policy: x', 'policy: My Policy'), 'policy', '"My Policy" is not small letters, digits and hyphens, 63 at most, as in overdue-7'],
    ['no steps', right.replace(`\n${step}`, ' []'), 'steps', '[] is not a list of at least one step'],
    ['step id that no url can carry', right.replace('id: a', 'id: a/b'), 'steps[0].id', '"a/b" is not small letters, digits and hyphens, 63 at most, as in overdue-7'],
    ['step id used twice', `${right}${step}\n`, 'steps[1].id', '"a" is the id of steps[0] too; every step needs its own'],
    ['unknown anchor', right.replace('anchor: due', 'anchor: paid'), 'steps[0].anchor', '"paid" is not one of issued, due, previous'],
    ['previous on the first step', right.replace('anchor: due', 'anchor: previous'), 'steps[0].anchor', 'the first step has no previous one'],
    ['two offsets', right.replace('{days: 1}', '{days: 1, businessDays: 2}'), 'steps[0].offset', 'exactly one of days, businessDays is needed'],
    ['half a day', right.replace('days: 1', 'days: 0.5'), 'steps[0].offset.days', '0.5 is not a whole number from -365 to 3650'],
    ['before the issue date', right.replace('anchor: due, offset: {days: 1}', 'anchor: issued, offset: {days: -1}'), 'steps[0].offset', '-1 is before the anchor; only steps anchored on due may run before it'],
    ['a ladder out of order', `${right}${step.replace('id: a', 'id: b').replace('days: 1', 'days: 0')}\n`, 'steps[1].offset', '"b" runs before "a", which stands above it'],
    ['time outside the window', right.replace('anchor: due', 'anchor: due, at: "17:00"'), 'steps[0].at', 'this is outside the window of the calendar'],
    ['time without quotes and minutes', right.replace('anchor: due', 'anchor: due, at: 9'), 'steps[0].at', '9 is not a time of day in quotes, as in "09:00"'],
    ['no actions', right.replace('[{email: {template: due}}]', '[]'), 'steps[0].actions', '[] is not a list of at least one action'],
    ['unknown action', right.replace('email: {template: due}', 'emial: {template: due}'), 'steps[0].actions[0].emial', 'unknown key "emial", did you mean "email"?'],
    ['two emails in a step', right.replace('[{email: {template: due}}]', '[{email: {template: due}}, {email: {template: overdue-7}}]'), 'steps[0].actions[1].email', 'the step has a second action of the kind email'],
    ['unknown template', right.replace('template: due', 'template: deu'), 'steps[0].actions[0].email.template', 'no email template is called "deu", did you mean "due"?'],
    ['unknown release template', right.replace('{email: {template: due}}', '{hold: {releaseNotice: {template: overdue-8}}}'), 'steps[0].actions[0].hold.releaseNotice.template', 'no email template is called "overdue-8", did you mean "overdue-7"?'],
    ['unknown role', right.replace('template: due', 'template: due, to: [boss]'), 'steps[0].actions[0].email.to[0]', '"boss" is not one of billing, escalation, leadership'],
    ['catch-up that does not exist', right.replace('anchor: due', 'anchor: due, catchUp: later'), 'steps[0].catchUp', '"later" is not collapse, skip or {sendLate: {limitDays: 5}}'],
    ['late without end', right.replace('anchor: due', 'anchor: due, catchUp: {sendLate: {limitDays: 91}}'), 'steps[0].catchUp.sendLate.limitDays', '91 is not a whole number from 1 to 90'],
    ['window that closes first', withCalendar('{window: {opens: "17:00", closes: "09:00"}}'), 'calendar.window', 'the window closes before it opens'],
    ['hour 25', withCalendar('{window: {opens: "25:00", closes: "26:00"}}'), 'calendar.window.opens', '"25:00" is not a time of day in quotes, as in "09:00"'],
    ['no weekday', withCalendar('{weekdays: []}'), 'calendar.weekdays', '[] is not a list of mon, tue, wed, thu, fri, sat, sun'],
    ['unknown weekday', withCalendar('{weekdays: [mon, Tuesday]}'), 'calendar.weekdays[1]', '"Tuesday" is not one of mon, tue, wed, thu, fri, sat, sun'],
    ['unknown zone', withCalendar('{timeZone: Mars/Olympus}'), 'calendar.timeZone', '"Mars/Olympus" is not an IANA time zone of the form Area/City; write it like Europe/Berlin'],
    ['an abbreviation as a zone', withCalendar('{timeZone: CET}'), 'calendar.timeZone', '"CET" is not an IANA time zone of the form Area/City; did you mean Europe/Brussels?'],
    ['unknown country', withCalendar('{holidays: {country: ZZ}}'), 'calendar.holidays.country', 'no public holidays are known for "ZZ"'],
    ['unknown region', withCalendar('{holidays: {country: DE, region: ZZ}}'), 'calendar.holidays.region', '"ZZ" is not a region of DE'],
    ['negative spacing', `${right}contact: {minimumDaysBetween: -1}\n`, 'contact.minimumDaysBetween', '-1 is not a whole number from 0 to 60'],
    ['a field without whose it is', withWhen('{field: daysPastDue, op: ">", value: 1}'), 'steps[0].when.field', 'unknown field "daysPastDue", did you mean "invoice.daysPastDue"?'],
    ['a name among several that the field cannot have', withWhen('{field: customer.behaviour, op: in, value: [prompt, at risk]}'), 'steps[0].when.value', '"at risk" is not known, did you mean "at-risk"?'],
    ['a currency in small letters', withWhen('{field: invoice.currency, op: "=", value: usd}'), 'steps[0].when.value', '"usd" is not a currency in three capitals, as in "USD"'],
    ['unknown field', withWhen('{field: invoice.balanse, op: ">", value: 1}'), 'steps[0].when.field', 'unknown field "invoice.balanse", did you mean "invoice.balance"?'],
    ['operator that does not fit', withWhen('{field: customer.tier, op: ">", value: gold}'), 'steps[0].when.op', '">" does not apply to customer.tier'],
    ['operator that does not exist', withWhen('{field: customer.tier, op: "==", value: gold}'), 'steps[0].when.op', '"==" is not one of >, >=, <, <=, =, !=, in, not-in, is-set'],
    ['amount as a number', balance('{USD: 500.00}'), 'steps[0].when.value.USD', '500 is not an amount in quotes, as in "500.00"'],
    ['amount without a currency', balance('"500.00"'), 'steps[0].when.value', '"500.00" is not amounts per currency, as in {USD: "500.00", EUR: "460.00"}'],
    ['too many decimals', balance('{JPY: "500.5"}'), 'steps[0].when.value.JPY', '"500.5" has 1 decimals; JPY has 0'],
    ['currency in small letters', balance('{usd: "500.00"}'), 'steps[0].when.value.usd', '"usd" is not a currency code of three capitals, as in USD'],
    ['currency that does not exist', balance('{QQQ: "500.00"}'), 'steps[0].when.value.QQQ', '"QQQ" is not an ISO 4217 currency code such as USD or EUR'],
    ['no thresholds', balance('{}'), 'steps[0].when.value', 'no threshold in any currency'],
    ['days as a text', withWhen('{field: invoice.daysPastDue, op: ">", value: "30"}'), 'steps[0].when.value', '"30" is not a number, as in 30'],
    ['date that is none', withWhen('{field: invoice.dueOn, op: ">", value: "2026-02-30"}'), 'steps[0].when.value', '"2026-02-30" is not a date in quotes, as in "2026-03-01", or "today-30d"'],
    ['list where one value is wanted', withWhen('{field: customer.tier, op: "=", value: [gold]}'), 'steps[0].when.value', '["gold"] is not a text, as in "gold"'],
    ['one value where a list is wanted', withWhen('{field: customer.tier, op: in, value: gold}'), 'steps[0].when.value', '"gold" is not a list of texts, as in ["gold", "silver"]'],
    ['value for is-set', withWhen('{field: customer.tier, op: is-set, value: gold}'), 'steps[0].when.value', 'is-set is not compared with a value'],
    ['missing value', withWhen('{field: customer.tier, op: "="}'), 'steps[0].when.value', 'is missing'],
    ['two forms of condition at once', withWhen('{any: [{field: customer.tier, op: is-set}], all: [{field: customer.tier, op: is-set}]}'), 'steps[0].when', 'this is not a condition: {all: […]}, {any: […]}, {not: …}, {invoices, where} or {field, op, value}'],
    ['empty "all", deep inside', withWhen('{not: {any: [{all: []}]}}'), 'steps[0].when.not.any[0].all', '[] is not a list of at least one condition'],
  ])('%s', (_, text, path, message) => {
    expect(errorsOf(text).map((error) => ({ path: error.path, message: error.message }))).toContainEqual({ path, message });
  });
});

test('an error says what is allowed, and its line and column', () => {
  expect(errorsOf(right.replace('days: 1', 'dayz: 1'))).toContainEqual({
    path: 'steps[0].offset.dayz', message: 'unknown key "dayz", did you mean "days"?', allowed: 'days, businessDays', line: 4, column: 35,
  });
});

test('all that is wrong is said at once', () => {
  const errors = errorsOf(withCalendar('{timeZone: Nowhere, window: {opens: "10:00", closes: "10:00"}, holidays: {country: ZZ}}').replace('template: due', 'template: none'));
  expect(errors.map((error) => error.path)).toEqual(['calendar.timeZone', 'calendar.window', 'calendar.holidays.country', 'steps[0].actions[0].email.template']);
});

test('a text that is no YAML says where it stops being one', () => {
  expect(errorsOf('policy: x\nsteps: [')).toEqual([expect.objectContaining({ path: '', line: 2 })]);
  expect(errorsOf('policy: x\npolicy: y\n')[0]).toMatchObject({ message: 'Map keys must be unique', line: 2, column: 1 });
});

test('a text that is no document at all', () => {
  for (const text of ['', 'hello', '[]', '7']) expect(errorsOf(text)[0]?.message).toContain('is not an object with the keys');
  expect(errorsOf('x'.repeat(100_001))[0]?.message).toBe('the document has 100001 characters; 100000 is the limit');
});

test('a segment that is not there is refused where it is named, with the nearest; without a list of segments it is not looked for', () => {
  const text = withWhen('{any: [{field: customer.segments, op: in, value: [large, at-rsk]}, {field: customer.tier, op: is-set}]}');
  const errors = (segments?: string[]): PolicyError[] => {
    const parsed = parsePolicy(text, 'yaml', { segments });
    return parsed.ok ? [] : parsed.errors;
  };
  expect(errors(['large', 'at-risk'])).toMatchObject([{ path: 'steps[0].when.any[0].value[1]', message: 'there is no segment "at-rsk", did you mean "at-risk"?', allowed: 'large, at-risk', line: 4 }]);
  expect(errors([])).toMatchObject([{ path: 'steps[0].when.any[0].value[0]', allowed: 'make one first' }, { path: 'steps[0].when.any[0].value[1]' }]);
  expect(errors()).toEqual([]);
});

test('queues and audiences that are not there are refused where they are named, with the nearest; without a list of queues they are not looked for', () => {
  const text = `policy: x
version: 1
escalation: { from: a, whenNone: { queue: Care } }
steps:
  - { id: a, anchor: due, offset: { days: 1 }, actions: [{ task: { queue: customer care, title: t } }, { notify: { audience: collctor, title: t } }] }
  - { id: b, anchor: due, offset: { days: 2 }, actions: [{ task: { queue: Slaes, title: t } }, { notify: { audience: viewer, title: t } }, { escalate: { queue: Credit, title: t, audience: Board } }] }
`;
  const errors = (queues?: string[]): PolicyError[] => {
    const parsed = parsePolicy(text, 'yaml', { queues });
    return parsed.ok ? [] : parsed.errors;
  };
  expect(errors(['Customer Care', 'Sales'])).toMatchObject([
    { path: 'escalation.whenNone.queue', message: 'there is no queue "Care"', allowed: 'Customer Care, Sales', line: 3 },
    { path: 'steps[0].actions[1].notify.audience', message: 'there is no role or queue "collctor", did you mean "collector"?', line: 5 },
    { path: 'steps[1].actions[0].task.queue', message: 'there is no queue "Slaes", did you mean "Sales"?', line: 6 },
    { path: 'steps[1].actions[2].escalate.queue', message: 'there is no queue "Credit"' },
    { path: 'steps[1].actions[2].escalate.audience' },
  ]);
  expect(errors()).toEqual([]);
});

test('a task template that is not in use is refused where it is named; without a list of them it is not looked for', () => {
  const text = 'policy: x\nversion: 1\nsteps:\n  - { id: a, anchor: due, offset: { days: 1 }, actions: [{ task: { queue: Care, title: t, template: frist-call } }] }\n';
  const errors = (taskTemplates?: string[]): PolicyError[] => {
    const parsed = parsePolicy(text, 'yaml', { taskTemplates });
    return parsed.ok ? [] : parsed.errors;
  };
  expect(errors(['first-call'])).toMatchObject([{ path: 'steps[0].actions[0].task.template', message: 'no task template "frist-call" is in use, did you mean "first-call"?', line: 4 }]);
  expect(errors()).toEqual([]);
});

test('aliases cannot blow a small document up', () => {
  const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x]'];
  for (let depth = 1; depth < 12; depth += 1) lines.push(`a${depth}: &a${depth} [${Array(9).fill(`*a${depth - 1}`).join(',')}]`);
  expect(errorsOf(lines.join('\n'))[0]?.message).toContain('alias');
  expect(errorsOf('policy: *nothing')[0]?.message).toContain('nothing');
});

test('nesting without end is refused, not followed', () => {
  expect(errorsOf(withWhen('&self {not: *self}'))).toEqual([{ path: '', message: 'the document is nested more than 50 levels deep' }]);
  expect(errorsOf(withWhen(`${'{not: '.repeat(60)}{field: customer.tier, op: is-set}${'}'.repeat(60)}`))[0]?.message).toContain('50 levels');
  expect(errorsOf('['.repeat(200_000))[0]?.message).toBeDefined();
});

test('JSON is held to JSON', () => {
  expect(errorsOf('{"policy": x}', 'json')[0]).toMatchObject({ line: 1, column: 12 });
});

test('a text made to keep the reader busy takes time by its length, not by its square, and gives no more errors than anybody reads', () => {
  const timed = (keys: number): number => {
    const text = Array.from({ length: keys }, (_, at) => `k${at}: 1`).join('\n');
    const started = performance.now();
    expect(errorsOf(text)).toHaveLength(100);
    return performance.now() - started;
  };
  timed(1_000);
  // Ten times the keys: a hundred times as long when each key is compared with every other.
  const short = Math.max(timed(1_000), timed(1_000));
  expect(timed(10_000) / short).toBeLessThan(40);
  expect(errorsOf('}\n'.repeat(10_000))).toHaveLength(100);
});
