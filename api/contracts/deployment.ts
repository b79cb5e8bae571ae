import { z } from 'zod';
import { clockWaits } from '../../domain/calendar/clockWaits';
import { admins, auditors, contract, ledgerWriters, readers } from './contract';
import { AgingBucket } from './invoices';
import { Code, Id, Instant, LocalDate, Minor, Text, page, pageQuery } from './values';

export const Overview = z.object({
  now: Instant.describe("The deployment's clock"), today: LocalDate,
  currencies: z.array(z.object({
    currency: z.string(), openMinor: Minor, overdueMinor: Minor, unappliedMinor: Minor, openInvoices: z.int(), overdueInvoices: z.int(), customers: z.int(),
    aging: z.array(z.object({ bucket: AgingBucket, openMinor: Minor, invoices: z.int() })).describe('All buckets, in order; their sum is openMinor'),
  })),
  todaysActions: z.array(z.object({ step: z.string(), action: z.string(), outcome: z.string(), count: z.int() })),
  comingNext: z.array(z.object({ on: LocalDate, step: z.string(), invoices: z.int() })).describe('Planned steps of the next 14 days'),
  messages: z.array(z.object({ state: z.string(), count: z.int() })).describe('Of the last 7 days'),
  openTasks: z.int(), activeHolds: z.int(), activeCollections: z.int(), paused: z.int(),
}).meta({ id: 'Overview' });

export const AuditEntry = z.object({
  id: Id, at: Instant, actorKind: z.enum(['user', 'api-key', 'system']), actorId: z.string(), actorName: z.string(), action: z.string(), subjectType: z.string(), subjectId: z.string(),
  before: z.unknown().optional(), after: z.unknown().optional(), hash: z.string(),
}).meta({ id: 'AuditEntry' });
export const Clock = z.object({
  mode: z.enum(['real', 'manual']), now: Instant, target: Instant.nullable().describe('Advancing until then'), advancing: z.boolean(), playHoursPerSecond: z.number().nullable().describe('null: not playing'),
  waitingFor: z.array(z.enum(clockWaits)).describe('On a manual clock: what still moves at this instant; it goes on when there is none of it'),
}).meta({ id: 'Clock' });
export const BusinessUnit = z.object({ id: Id, code: z.string(), name: z.string() }).meta({ id: 'BusinessUnit' });
export const CustomField = z.object({ entity: z.enum(['customer', 'invoice']), name: z.string(), type: z.enum(['text', 'number', 'boolean', 'date']), label: z.string().nullable() }).meta({ id: 'CustomField' });
const SearchResult = z.object({
  customers: z.array(z.object({ id: Id, externalId: z.string(), name: z.string() })), invoices: z.array(z.object({ id: Id, number: z.string(), externalId: z.string(), customerName: z.string(), openMinor: Minor, currency: z.string() })),
}).meta({ id: 'SearchResult' });

const clock = { tag: 'Clock', method: 'post', access: admins, status: 200, answer: Clock, problems: [409] } as const;
export const deploymentContracts = {
  getOverview: contract({ id: 'getOverview', method: 'get', path: '/overview', tag: 'Overview', summary: 'What is open, what is overdue, what happens today and next', access: readers, status: 200, answer: Overview }),
  search: contract({ id: 'search', method: 'get', path: '/search', tag: 'Overview', summary: 'Customers and invoices by name, number or external id', access: readers, query: z.object({ q: z.string().trim().min(1).max(200) }), status: 200, answer: SearchResult }),
  listAudit: contract({
    id: 'listAudit', method: 'get', path: '/audit', tag: 'Audit', summary: 'The audit trail, newest first', access: auditors,
    query: z.object({ action: z.string().max(100).optional(), subjectType: z.string().max(100).optional(), subjectId: z.string().max(200).optional(), actorId: z.string().max(100).optional(), from: Instant.optional(), to: Instant.optional().describe('Before then'), ...pageQuery }),
    status: 200, answer: page('AuditPage', AuditEntry),
  }),
  verifyAudit: contract({
    id: 'verifyAudit', method: 'post', path: '/audit/verify', tag: 'Audit', summary: 'Recompute the chain of hashes and find changed or missing rows', access: auditors, status: 200,
    answer: z.object({ valid: z.boolean(), entries: z.int(), problems: z.array(z.object({ id: z.int(), problem: z.string() })) }).meta({ id: 'AuditVerification' }),
  }),
  getClock: contract({ id: 'getClock', method: 'get', path: '/clock', tag: 'Clock', summary: "The deployment's clock", access: readers, status: 200, answer: Clock }),
  advanceClock: contract({ ...clock, id: 'advanceClock', path: '/clock/advance', summary: 'Advance a manual clock to an instant, through every milestone on the way', body: z.strictObject({ to: Instant }) }),
  playClock: contract({ ...clock, id: 'playClock', path: '/clock/play', summary: 'Let a manual clock run', body: z.strictObject({ hoursPerSecond: z.number().positive().max(168) }) }),
  pauseClock: contract({ ...clock, id: 'pauseClock', path: '/clock/pause', summary: 'Stop a manual clock where it is', description: 'It no longer plays, and an advance ends at the milestone that it has come to.' }),
  listBusinessUnits: contract({ id: 'listBusinessUnits', method: 'get', path: '/business-units', tag: 'Settings', summary: 'Business units', access: readers, status: 200, answer: z.object({ items: z.array(BusinessUnit) }).meta({ id: 'BusinessUnits' }) }),
  putBusinessUnit: contract({ id: 'putBusinessUnit', method: 'put', path: '/business-units/{code}', tag: 'Settings', summary: 'Add or rename a business unit', access: ledgerWriters, params: z.object({ code: Code }), body: z.strictObject({ name: Text }), status: 200, answer: BusinessUnit }),
  listCustomFields: contract({ id: 'listCustomFields', method: 'get', path: '/custom-fields', tag: 'Settings', summary: 'Custom fields', access: readers, status: 200, answer: z.object({ items: z.array(CustomField) }).meta({ id: 'CustomFields' }) }),
  putCustomField: contract({
    id: 'putCustomField', method: 'put', path: '/custom-fields/{entity}/{name}', tag: 'Settings', summary: 'Add a custom field, or change its label', access: ledgerWriters,
    params: z.object({ entity: CustomField.shape.entity, name: z.string().regex(/^[a-z][a-zA-Z0-9_]{0,62}$/, 'must start with a small letter and hold letters, digits and _ only') }),
    body: z.strictObject({ type: CustomField.shape.type, label: Text.nullable().optional() }), status: 200, answer: CustomField, problems: [409],
  }),
};
