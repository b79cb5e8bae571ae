import { z } from 'zod';
import { roles } from '../access/roles';
import { dayCounts, parseRate } from '../charges/interest';
import { statutoryPresets } from '../charges/statutory';
import { defaultAudience } from '../task/escalation';

/** The only keys that an author chooses freely. */
export const currencyCode = 'a currency code of three capitals, as in USD';

/** What may stand at a place of the document, in words: errors quote it. */
export const allowedValues = z.registry<{ allowed: string }>();

function allowing<S extends z.ZodType>(schema: S, allowed: string): S {
  allowedValues.add(schema, { allowed });
  return schema;
}

export const accountColleagues = ['owner', 'owner-manager'] as const;
export const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const contactRoles = ['billing', 'escalation', 'leadership'] as const;
export const holdKinds = ['credit', 'pause-work', 'lock-out'] as const;
export const approvers = ['credit-manager', 'admin'] as const;
export const timeoutRules = ['proceed', 'skip', 'escalate'] as const;
export const comparisonOps = ['>', '>=', '<', '<=', '=', '!=', 'in', 'not-in', 'is-set'] as const;
export const invoiceQuantifiers = ['some', 'every', 'none'] as const;
export const actionKinds = ['email', 'task', 'notify', 'escalate', 'leadership', 'hold', 'handoff', 'charge', 'discount', 'startPolicy'] as const;

function choice<const T extends readonly string[]>(values: T, description: string) {
  return allowing(z.enum(values).describe(description), `one of ${values.join(', ')}`);
}

function whole(min: number, max: number, description: string) {
  return allowing(z.int().min(min).max(max).describe(description), `a whole number from ${min} to ${max}`);
}

function line(max: number, description: string) {
  return allowing(z.string().trim().min(1).max(max).describe(description), `a text of 1 to ${max} characters`);
}

function slug(description: string) {
  return allowing(
    z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/).describe(description),
    'small letters, digits and hyphens, 63 at most, as in overdue-7',
  );
}

function timeOfDay(description: string) {
  return allowing(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/).describe(description), 'a time of day in quotes, as in "09:00"');
}

/** An object of which exactly one key is set. JSON Schema says it as a count of properties. */
function exactlyOne<S extends z.ZodRawShape>(shape: S, words: string, description: string) {
  const object = z.strictObject(shape).refine((value) => Object.values(value).filter((part) => part !== undefined).length === 1, {
    error: `exactly one of ${Object.keys(shape).join(', ')} is needed`,
  }).meta({ description, minProperties: 1, maxProperties: 1 });
  return allowing(object, words);
}

const amount = allowing(
  z.string().regex(/^-?\d+(\.\d+)?$/).describe('An amount in quotes, with a point'),
  'an amount in quotes, as in "500.00"',
);
const amounts = allowing(
  z.record(allowing(z.string().regex(/^[A-Z]{3}$/), currencyCode), amount)
    .describe('A threshold per currency; a currency without one never holds'),
  'amounts per currency, as in {USD: "500.00", EUR: "460.00"}',
);
const listValues = allowing(z.array(z.union([z.string(), z.number()])).min(1).describe('For in and not-in'), 'a list of texts or numbers');
const conditionValue = allowing(
  z.union([z.string(), z.number(), z.boolean(), listValues, amounts]).describe('What the field is compared with'),
  'a text, a number, true, false, a list, or amounts per currency',
);

/** A node of a condition's tree, as written. */
export interface ConditionDocument {
  all?: ConditionDocument[];
  any?: ConditionDocument[];
  not?: ConditionDocument;
  invoices?: (typeof invoiceQuantifiers)[number];
  where?: ConditionDocument;
  field?: string;
  op?: (typeof comparisonOps)[number];
  value?: z.output<typeof conditionValue>;
}

const conditionForm = 'a condition: {all: […]}, {any: […]}, {not: …}, {invoices, where} or {field, op, value}';
/** Which keys go together is in the refinement, and in `oneOf` for JSON Schema. */
export const conditionDocument: z.ZodType<ConditionDocument> = z.strictObject({
  get all() { return conditions('Holds when every one of these holds').optional(); },
  get any() { return conditions('Holds when at least one of these holds').optional(); },
  get not() { return conditionDocument.optional().describe('Holds when this does not'); },
  invoices: choice(invoiceQuantifiers, 'In a condition on a customer: how many of the open invoices fulfil `where`').optional(),
  get where() { return conditionDocument.optional().describe('What is asked of each open invoice'); },
  field: z.string().describe('What is compared, as in invoice.balance').optional(),
  op: choice(comparisonOps, 'How it is compared').optional(),
  value: conditionValue.optional(),
}).refine((node) => {
  const groups = [node.all, node.any, node.not, node.invoices].filter((part) => part !== undefined).length;
  const leaf = node.field !== undefined || node.op !== undefined || node.value !== undefined;
  if (node.where !== undefined && node.invoices === undefined) return false;
  return leaf ? groups === 0 && node.field !== undefined && node.op !== undefined : groups === 1;
}, { error: `this is not ${conditionForm}` }).meta({
  id: 'condition',
  description: 'When a step runs',
  oneOf: [{ required: ['all'] }, { required: ['any'] }, { required: ['not'] }, { required: ['invoices'] }, { required: ['field', 'op'] }],
});
allowedValues.add(conditionDocument, { allowed: conditionForm });

const recipients = allowing(
  z.array(choice(contactRoles, 'A role of a contact')).min(1).describe('To which contacts of the customer; billing when not said'),
  `a list of ${contactRoles.join(', ')}`,
);

function conditions(description: string): z.ZodType<ConditionDocument[]> {
  return allowing(z.array(conditionDocument).min(1).describe(description), 'a list of at least one condition');
}

const colleagueWords = `${[...accountColleagues, ...roles].join(', ')}, or an email address`;
export const colleagueDocument = allowing(z.union([z.enum([...accountColleagues, ...roles]), z.email()]), colleagueWords);
const colleagues = allowing(
  z.array(colleagueDocument).min(1).max(20)
    .describe('To whom: the owner of the customer\'s account, that person\'s manager, all of a role, or an address; owner-manager when not said'),
  `a list of ${colleagueWords}`,
);

/** An approval of a hold or a hand-off, of a step and of an automation alike. */
export const approvalDocument = allowing(z.strictObject({
  by: choice(approvers, 'Who has to agree; credit-manager when not said').optional(),
  timeoutDays: whole(1, 90, 'Days until it is decided without an answer; 5 when not said').optional(),
  onTimeout: choice(timeoutRules, 'What happens then; skip when not said').optional(),
}).describe('Somebody has to agree first'), '{by: credit-manager, timeoutDays: 5, onTimeout: skip}');
export type ApprovalDocument = z.output<typeof approvalDocument>;

/** What tells the customer of a hold that was released, whoever placed it. */
export const releaseNoticeDocument = z.strictObject({
  template: slug('The template of the email sent when the hold is released'),
  to: recipients.optional(),
}).describe('Tell the customer when the hold is released');
export type ReleaseNoticeDocument = z.output<typeof releaseNoticeDocument>;

const percentage = allowing(
  z.string().regex(/^\d{1,3}(\.\d{1,4})?$/).refine((text) => (parseRate(text) ?? 0) > 0, { error: 'more than nothing is needed' }).describe('A percentage in quotes, with a point and four decimals at most'),
  'a percentage in quotes, as in "8.5"',
);
const feeAmounts = allowing(z.record(allowing(z.string().regex(/^[A-Z]{3}$/), currencyCode), amount).describe('An amount per currency; nothing in a currency without one'), 'amounts per currency, as in {USD: "40.00", EUR: "40.00"}');

const chargeDocument = exactlyOne({
  fixed: feeAmounts.optional(),
  percent: percentage.optional().describe('A fee of so many percent of what is open and undisputed'),
  interest: z.strictObject({
    rate: percentage,
    dayCount: choice(dayCounts, 'How days become parts of a year; actual/365 when not said').optional(),
  }).optional().describe('Interest by contract, from the day after the due date on, for days that it has not been charged for'),
  statutory: choice(statutoryPresets, 'Interest and compensation by law').optional(),
}, '{fixed: {USD: "40.00"}}, {percent: "2"}, {interest: {rate: "8.5"}} or {statutory: uk}', 'Charge a late fee or interest');

export const actionDocument = exactlyOne({
  email: z.strictObject({
    template: slug('The name of an email template'),
    to: recipients.optional(),
    attachInvoice: z.boolean().optional().describe('Attach the PDF of the invoice; false when not said'),
  }).optional().describe('Send an email'),
  task: z.strictObject({
    queue: line(100, 'The queue of people who do it'),
    title: line(200, 'What is to be done; {customer}, {invoice}, {open} and other fields of a task may stand in it'),
    instructions: line(4000, 'How').optional(),
    dueInDays: whole(0, 365, 'Days until it is due; 1 when not said').optional(),
    template: slug('A task template: its instructions where none are given here, its priority and its outcomes').optional(),
  }).optional().describe('Give people a task'),
  notify: z.strictObject({
    audience: line(100, 'Who is told: a role, a queue, `owner` (whose account the customer is) or a colleague\'s address'),
    title: line(200, 'What they are told'),
  }).optional().describe('Tell people inside the company'),
  escalate: z.strictObject({
    queue: line(100, 'The queue of those who may decide more'),
    title: line(200, 'What is to be decided; {customer}, {invoice}, {open} and other fields of a task may stand in it'),
    audience: line(100, `Who is told besides: a role, a queue, owner or a colleague's address; ${defaultAudience} when not said`).optional(),
  }).optional().describe('Raise the invoice to somebody who may decide more: an urgent task, and a word to those who answer for it'),
  leadership: z.strictObject({
    title: line(200, 'What it is about; {customer}, {invoice}, {open} and other fields of a task may stand in it'),
    text: line(4000, 'What is to be known or decided').optional(),
    to: colleagues.optional(),
    template: slug('An email template of the kind internal; internal-notice when not said').optional(),
  }).optional().describe('Send an email to your own leadership'),
  hold: z.strictObject({
    kind: choice(holdKinds, 'What is held; credit when not said').optional(),
    releaseNotice: releaseNoticeDocument.optional(),
    approval: approvalDocument.optional(),
  }).optional().describe('Put the account on hold until the invoice is paid'),
  handoff: z.strictObject({
    agency: line(100, 'Which agency').optional(),
    approval: approvalDocument.optional(),
  }).optional().describe('Hand the invoice to a collection agency'),
  charge: chargeDocument.optional(),
  discount: z.strictObject({
    percent: percentage.optional().describe('So many percent of what is open'),
    fixed: feeAmounts.optional(),
    forDays: whole(0, 365, 'A payment received until the end of so many days later meets it'),
  }).refine(({ percent, fixed }) => (percent === undefined) !== (fixed === undefined), { error: 'exactly one of percent, fixed is needed' })
    .meta({ oneOf: [{ required: ['percent'] }, { required: ['fixed'] }] }).optional().describe('Offer something off for paying early'),
  startPolicy: z.strictObject({
    policy: slug('The name of the other policy; the version of it that is in force'),
  }).optional().describe('Assign the invoice to another policy, whose ladder begins once all else of the step is done'),
}, `one action: ${actionKinds.join(', ')}`, 'One thing that a step does');

const catchUp = allowing(z.union([
  z.enum(['collapse', 'skip']),
  z.strictObject({
    sendLate: z.strictObject({ limitDays: whole(1, 90, 'How many days late it may still run') }).describe('Run late, up to a limit'),
  }),
]).describe('What happens to a step that could not run on its day'), 'collapse, skip or {sendLate: {limitDays: 5}}');

const offset = exactlyOne({
  days: whole(-365, 3650, 'Calendar days').optional(),
  businessDays: whole(-250, 2500, 'Days that are a sending weekday and no holiday').optional(),
}, '{days: 7} or {businessDays: 3}', 'How long after the anchor; negative: before the due date');

export const stepDocument = z.strictObject({
  id: slug('The name of the step, once in a policy'),
  title: line(200, 'The name that people see; the id when not said').optional(),
  anchor: choice(['issued', 'due', 'previous'], 'What the offset counts from'),
  offset,
  at: timeOfDay('The time of day, in the zone of the calendar; when the window opens when not said').optional(),
  when: conditionDocument.optional(),
  catchUp: catchUp.optional(),
  exemptFromSpacing: z.boolean().optional().describe('Neither held back by the spacing of contacts nor counted in it'),
  minimumNoticeDays: whole(0, 365, 'Days that must lie between the level before and this step; as the policy says when not said').optional(),
  actions: allowing(z.array(actionDocument).min(1).describe('What the step does'), 'a list of at least one action'),
});

const holidays = allowing(z.union([
  z.enum(['customer', 'none']),
  z.strictObject({
    country: allowing(z.string().regex(/^[A-Z]{2}$/).describe('ISO 3166-1 code'), 'a country code of two capitals, as in DE'),
    region: line(20, 'A subdivision, as in BY').optional(),
  }),
]).describe('Whose public holidays are days off'), 'customer, none or {country: DE, region: BY}');

export const policyDocument = z.strictObject({
  $schema: z.string().optional().describe('Where the JSON Schema is, for editors'),
  policy: slug('The name of the policy'),
  version: whole(1, 1_000_000, 'The version; a published one never changes'),
  title: line(200, 'The name that people see').optional(),
  calendar: z.strictObject({
    timeZone: allowing(z.string().min(1).describe('Whose clock counts'), 'customer, or an IANA time zone such as Europe/Berlin').optional(),
    window: z.strictObject({
      opens: timeOfDay('When sending starts'),
      closes: timeOfDay('When sending ends'),
    }).optional().describe('The part of the day in which steps run'),
    weekdays: allowing(z.array(choice(weekdayNames, 'A weekday')).min(1).describe('The days on which steps run'), `a list of ${weekdayNames.join(', ')}`).optional(),
    holidays: holidays.optional(),
  }).optional().describe('When steps may run'),
  contact: z.strictObject({
    minimumDaysBetween: whole(0, 60, 'Days between two contacts of one customer; 0: no spacing').optional(),
    merge: choice(['same-day', 'per-invoice'], 'Whether the emails of one day to one customer become one').optional(),
    caps: allowing(z.array(z.strictObject({
      messages: whole(1, 31, 'So many messages at most'),
      per: choice(['week', 'month'], 'In any 7 days, or in any 30'),
    })).min(1).max(4).describe('How many messages one customer gets at most, over all invoices, segments and campaigns'), 'a list such as [{messages: 2, per: week}]').optional(),
  }).optional().describe('How often a customer is contacted'),
  graceDays: whole(0, 365, 'Days after the due date before overdue steps count, unless the customer or the invoice says otherwise').optional(),
  minimumNoticeDays: whole(0, 365, 'Days that must lie between a level of the ladder and the next, which is not reached without it').optional(),
  escalation: z.strictObject({
    from: slug('The id of the step from which on emails go to the customer\'s escalation contacts too'),
    whenNone: z.strictObject({
      queue: line(100, 'The queue of people who look for one; Customer Care when not said').optional(),
      title: line(200, 'What is to be done').optional(),
      dueInDays: whole(0, 365, 'Days until it is due; 1 when not said').optional(),
    }).optional().describe('The task for a customer who has none'),
  }).optional().describe('From when on the customer\'s escalation contacts are written to besides'),
  catchUp: catchUp.optional(),
  steps: allowing(z.array(stepDocument).min(1).max(100).describe('The ladder'), 'a list of at least one step'),
}).meta({ title: 'Dunwell collection policy' });
allowedValues.add(policyDocument, { allowed: `an object with the keys ${Object.keys(policyDocument.shape).join(', ')}` });

export type PolicyDocument = z.output<typeof policyDocument>;
export type StepDocument = z.output<typeof stepDocument>;
export type ActionDocument = z.output<typeof actionDocument>;

/** The JSON Schema that editors check a policy with; `policies/policy.schema.json` is its committed copy. */
export function policyJsonSchema(): unknown {
  return z.toJSONSchema(policyDocument, { io: 'input' });
}
