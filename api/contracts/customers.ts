import { z } from 'zod';
import { textMax } from '../../domain/ledger/checks';
import { collectors, contract, creditManagers, ledgerWriters, readers, workers } from './contract';
import {
  BulkResult, Code, Currency, CustomFields, ExternalId, Flag, Id, Instant, LanguageCode, LocalDate, LongText, Minor, QueryId, RowVersion, Search, Text, TimeZone, bulkRecordsMax, idParams, page, pageQuery,
} from './values';

export const ContactRole = z.enum(['billing', 'escalation', 'leadership']).meta({ id: 'ContactRole' });
export const CurrencyBalance = z.object({
  currency: z.string(), openMinor: Minor, overdueMinor: Minor, unappliedMinor: Minor.describe('Payments and credit notes not yet applied'), openInvoices: z.int(), overdueInvoices: z.int(),
}).meta({ id: 'CurrencyBalance' });

export const CustomerListItem = z.object({
  id: Id, externalId: z.string(), name: z.string(), country: z.string().nullable(), language: z.string(), timeZone: z.string(), businessUnit: z.string().nullable(), tier: z.string().nullable(),
  doNotContact: z.boolean(), paused: z.boolean(), pausedUntil: Instant.nullable(), stopped: z.boolean().describe('Nothing more comes of any of its invoices, nor of new ones, until it is resumed'), onHold: z.boolean(), owner: z.object({ id: Id, name: z.string() }).nullable().describe('Whose account it is'), balances: z.array(CurrencyBalance),
}).meta({ id: 'CustomerListItem' });

export const Contact = z.object({
  id: Id, customerId: Id, role: ContactRole, name: z.string().nullable(), email: z.string(), phone: z.string().nullable(),
  suppressed: z.string().nullable().describe('Why no email is sent there: bounced, complained or by-hand'), phoneWrong: z.boolean().describe('A call found its number to be wrong'), rowVersion: RowVersion,
}).meta({ id: 'Contact' });

export const CreditLimit = z.strictObject({ amountMinor: z.int().min(0), currency: Currency }).meta({ id: 'CreditLimit' });
const graceDays = z.int().min(0).max(365).nullable().describe('Days after the due date before overdue steps count; null: as the policy says');

export const Customer = CustomerListItem.extend({
  region: z.string().nullable(), termsDays: z.int().nullable(), custom: CustomFields, contacts: z.array(Contact), lastContactOn: LocalDate.nullable(), openTasks: z.int(),
  graceDays, creditLimit: CreditLimit.nullable(), limitExceededAt: Instant.nullable().describe('Since when the customer owes more than its credit limit'),
  ledgerVersion: z.int(), rowVersion: RowVersion, createdAt: Instant, updatedAt: Instant,
}).meta({ id: 'Customer' });

const editable = {
  name: Text,
  timeZone: TimeZone.optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter ISO 3166-1 code in capitals').nullable().optional(),
  region: z.string().max(textMax.region).nullable().optional(),
  language: LanguageCode.optional(),
  businessUnit: Code.nullable().optional(),
  termsDays: z.int().min(0).max(3650).nullable().optional(),
  tier: z.string().trim().max(textMax.code).nullable().optional(),
  doNotContact: z.boolean().optional(),
  graceDays: graceDays.optional(),
  creditLimit: CreditLimit.nullable().optional(),
  custom: CustomFields.optional(),
};
const contactFields = { role: ContactRole.optional(), name: Text.nullable().optional(), email: z.email().max(320), phone: z.string().max(textMax.phone).nullable().optional() };
export const ContactInput = z.strictObject(contactFields).meta({ id: 'ContactInput' });
export const CustomerInput = z.strictObject({
  externalId: ExternalId, ...editable, contacts: z.array(ContactInput).max(100).optional().describe('When given, the whole list of contacts'),
}).meta({ id: 'CustomerInput' });

export const TimelineEntry = z.object({
  kind: z.enum(['decision', 'message', 'task', 'payment', 'credit-note', 'write-off', 'invoice', 'hold', 'handoff', 'note', 'entry', 'call', 'promise', 'dispute', 'control', 'reply', 'segment', 'segment-run', 'campaign', 'charge', 'discount', 'approval', 'change']),
  id: z.string(), at: Instant, title: z.string(), detail: z.string().nullable(), actor: z.string().nullable(),
  invoiceId: Id.nullable(), invoiceNumber: z.string().nullable(), messageId: z.string().nullable(),
  amountMinor: Minor.nullable(), currency: z.string().nullable(), state: z.string().nullable(),
}).meta({ id: 'TimelineEntry' });
export const Note = z.object({
  id: Id, customerId: Id, invoiceId: Id.nullable(), issueType: z.string().nullable(), author: z.string(), body: z.string().describe('Plain text'), mentions: z.array(z.object({ id: Id, name: z.string() })), at: Instant,
}).meta({ id: 'Note' });
export const IssueType = z.object({ code: z.string(), label: z.string(), active: z.boolean().describe('Offered for new entries') }).meta({ id: 'IssueType' });
const Paused = z.object({ paused: z.boolean(), pausedUntil: Instant.nullable(), stopped: z.boolean() }).meta({ id: 'CustomerPause' });

const StepsControlled = z.object({
  items: z.array(z.object({ invoiceId: Id, step: z.string(), refused: z.string().nullable().describe('Why nothing was done about this one; null: it was') })),
}).meta({ id: 'StepsControlled' });
const steps = {
  method: 'post', tag: 'Collection', access: collectors, params: idParams,
  body: z.strictObject({ steps: z.array(z.strictObject({ invoiceId: Id, step: Code })).min(1).max(100).refine((each) => new Set(each.map(({ invoiceId }) => invoiceId)).size === each.length, 'names an invoice twice'), reason: Text.optional() }),
  status: 200, answer: StepsControlled, problems: [404],
} as const;

export const customerContracts = {
  listCustomers: contract({
    id: 'listCustomers', method: 'get', path: '/customers', tag: 'Customers', summary: 'Customers with their balances', access: readers,
    query: z.object({
      search: z.string().max(200).optional().describe('Part of the name or the external id'), externalId: z.string().max(200).optional(), businessUnit: z.string().max(100).optional(), ownerId: QueryId.optional(),
      segmentId: QueryId.optional(), behaviour: z.enum(['new', 'prompt', 'slow', 'at-risk']).optional().describe('How the customer pays'),
      onHold: Flag.optional(), paused: Flag.optional(), stopped: Flag.optional(), overdue: Flag.optional(), sort: z.enum(['name', '-name', 'overdue', '-overdue']).default('name'),
      currency: Currency.optional().describe('By what is overdue in it is sorted, since amounts of different currencies cannot be compared; left out: the one in which most invoices are open'), ...pageQuery,
    }), status: 200, answer: page('CustomerPage', CustomerListItem),
  }),
  getCustomer: contract({ id: 'getCustomer', method: 'get', path: '/customers/{id}', tag: 'Customers', summary: 'One customer', access: readers, params: idParams, status: 200, answer: Customer, etag: true, problems: [404] }),
  updateCustomer: contract({
    id: 'updateCustomer', method: 'patch', path: '/customers/{id}', tag: 'Customers', summary: 'Edit a customer', access: ledgerWriters, params: idParams,
    body: z.strictObject({ ...editable, name: Text.optional() }), status: 200, answer: Customer, etag: true, problems: [404],
  }),
  setCustomerOwner: contract({
    id: 'setCustomerOwner', method: 'put', path: '/customers/{id}/owner', tag: 'Customers', summary: 'Say whose account a customer is', description: 'Queues that assign by owner give the tasks about a customer to this person.', access: ledgerWriters,
    params: idParams, body: z.strictObject({ userId: Id.nullable() }), status: 200, answer: Customer, problems: [404, 409],
  }),
  upsertCustomers: contract({
    id: 'upsertCustomers', method: 'post', path: '/customers/bulk', tag: 'Customers', summary: 'Create or update up to 1,000 customers by external id', access: ledgerWriters,
    body: z.strictObject({ records: z.array(z.unknown()).min(1).max(bulkRecordsMax).meta({ items: { $ref: '#/components/schemas/CustomerInput' } }) }), status: 200, answer: BulkResult,
  }),
  listContacts: contract({ id: 'listContacts', method: 'get', path: '/customers/{id}/contacts', tag: 'Customers', summary: 'Contacts of a customer', access: readers, params: idParams, status: 200, answer: z.object({ items: z.array(Contact) }).meta({ id: 'Contacts' }), problems: [404] }),
  createContact: contract({ id: 'createContact', method: 'post', path: '/customers/{id}/contacts', tag: 'Customers', summary: 'Add a contact', access: ledgerWriters, params: idParams, body: ContactInput, status: 201, answer: Contact, etag: true, problems: [404, 409] }),
  updateContact: contract({
    id: 'updateContact', method: 'patch', path: '/contacts/{id}', tag: 'Customers', summary: 'Edit a contact', access: ledgerWriters, params: idParams,
    body: z.strictObject({ ...contactFields, email: contactFields.email.optional() }), status: 200, answer: Contact, etag: true, problems: [404, 409],
  }),
  deleteContact: contract({ id: 'deleteContact', method: 'delete', path: '/contacts/{id}', tag: 'Customers', summary: 'Remove a contact', access: ledgerWriters, params: idParams, status: 204, problems: [404] }),
  getTimeline: contract({
    id: 'getTimeline', method: 'get', path: '/customers/{id}/timeline', tag: 'Customers', summary: 'Everything that happened with a customer, newest first', access: readers, params: idParams,
    query: z.object({ kind: z.array(TimelineEntry.shape.kind).optional(), invoiceId: QueryId.optional(), ...pageQuery }), status: 200, answer: page('TimelinePage', TimelineEntry), problems: [404],
  }),
  addNote: contract({
    id: 'addNote', method: 'post', path: '/customers/{id}/notes', tag: 'Customers', summary: 'Write a note, or an entry of a kind', description: 'Plain text. `@` and the whole name of a user notifies them. With an issue type it is an entry of that kind.', access: workers, params: idParams,
    body: z.strictObject({ body: LongText, invoiceId: Id.optional(), issueType: Code.optional() }), status: 201, answer: Note, problems: [404, 409],
  }),
  listIssueTypes: contract({
    id: 'listIssueTypes', method: 'get', path: '/issue-types', tag: 'Settings', summary: 'Kinds of entries on a timeline, by label', access: readers,
    query: z.object({ search: Search.optional().describe('In the label or the code'), active: Flag.optional().describe('Whether it is in use'), ...pageQuery }), status: 200, answer: page('IssueTypes', IssueType),
  }),
  putIssueType: contract({
    id: 'putIssueType', method: 'put', path: '/issue-types/{code}', tag: 'Settings', summary: 'Make or rename a kind of entry, or take it out of use', access: creditManagers, params: z.object({ code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be small letters, digits and hyphens') }),
    body: z.strictObject({ label: Text, active: z.boolean() }), status: 200, answer: IssueType,
  }),
  pauseCustomer: contract({
    id: 'pauseCustomer', method: 'post', path: '/customers/{id}/pause', tag: 'Collection', summary: 'Pause the collection of all invoices of a customer', access: collectors, params: idParams,
    body: z.strictObject({ until: Instant.nullable().describe('null: until resumed'), reason: Text.optional() }), status: 200, answer: Paused, problems: [404],
  }),
  stopCustomer: contract({
    id: 'stopCustomer', method: 'post', path: '/customers/{id}/stop', tag: 'Collection', summary: 'Stop the collection of a customer', description: 'Ends what was still to come of all its invoices, and of new ones, until somebody resumes it.', access: collectors, params: idParams,
    body: z.strictObject({ reason: Text }), status: 200, answer: Paused, problems: [404],
  }),
  skipCustomerSteps: contract({ ...steps, id: 'skipCustomerSteps', path: '/customers/{id}/collection/skip-steps', summary: 'Skip a step of several invoices of a customer' }),
  sendCustomerStepsNow: contract({ ...steps, id: 'sendCustomerStepsNow', path: '/customers/{id}/collection/send-now', summary: 'Run a step of several invoices of a customer now', description: 'What asks for an email goes out in one.' }),
  resumeCustomer: contract({
    id: 'resumeCustomer', method: 'post', path: '/customers/{id}/resume', tag: 'Collection', summary: 'Resume the collection of a customer that is paused or stopped', access: collectors, params: idParams,
    body: z.strictObject({ reason: Text.optional() }), status: 200, answer: Paused, problems: [404],
  }),
};
