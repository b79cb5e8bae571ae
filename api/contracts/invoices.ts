import { z } from 'zod';
import { collectors, contract, ledgerWriters, readers } from './contract';
import { Decision } from './decisions';
import {
  BulkResult, Code, Currency, CustomFields, ExternalId, Id, Instant, LocalDate, Minor, PositiveMinor, QueryId, RowVersion, Text, bulkRecordsMax, idParams, page, pageQuery,
} from './values';

/** Derived from the ledger, never set. */
export const InvoiceState = z.enum(['draft', 'open', 'overdue', 'paid', 'void']).meta({ id: 'InvoiceState' });
export const AgingBucket = z.enum(['not-due', '1-30', '31-60', '61-90', '91-120', '120+']).meta({ id: 'AgingBucket' });
export const CollectionSummary = z.object({
  state: z.enum(['active', 'done']), outcome: z.string().nullable(), stage: z.string().nullable().describe('The last step that was executed or covered'),
  nextStep: z.string().nullable(), nextAt: Instant.nullable(), paused: z.boolean(), pausedUntil: Instant.nullable(), stopped: z.boolean(), policyVersion: z.string().describe('name@version'),
}).meta({ id: 'CollectionSummary' });

const invoiceFields = {
  id: Id, externalId: z.string(), number: z.string(), customerId: Id, customerExternalId: z.string(), customerName: z.string(), issuedOn: LocalDate, dueOn: LocalDate, currency: z.string(),
  totalMinor: Minor, openMinor: Minor, state: InvoiceState, daysPastDue: z.int().describe('Negative before the due date, 0 on it; 0 when nothing is open'),
  bucket: AgingBucket.nullable().describe('null when nothing is open'), type: z.string(), businessUnit: z.string().nullable(), collection: CollectionSummary.nullable(),
};
export const InvoiceListItem = z.object(invoiceFields).meta({ id: 'InvoiceListItem' });
export const Invoice = z.object({
  ...invoiceFields, settledMinor: Minor, graceDays: z.int().nullable(), documentState: z.enum(['draft', 'issued', 'void']), custom: CustomFields, hasDocument: z.boolean(), onHold: z.boolean(),
  workflowId: z.string(), temporalUrl: z.string().nullable().describe('Its workflow in Temporal UI'), rowVersion: RowVersion, createdAt: Instant, updatedAt: Instant,
}).meta({ id: 'Invoice' });
export const InvoiceLine = z.object({ line: z.int(), description: z.string(), quantity: z.number(), amountMinor: Minor }).meta({ id: 'InvoiceLine' });
export const Application = z.object({
  id: Id, kind: z.enum(['payment', 'credit-note', 'write-off', 'discount']), sourceId: Id, sourceExternalId: z.string(), amountMinor: Minor, appliedAt: Instant, reversedAt: Instant.nullable(),
  refundExternalId: z.string().nullable().describe('The refund that took it back'),
}).meta({ id: 'Application' });

export const InvoiceInput = z.strictObject({
  externalId: ExternalId, customerExternalId: ExternalId, number: Text.nullable().optional().describe('The external id unless given'), issuedOn: LocalDate, dueOn: LocalDate, currency: Currency, totalMinor: z.int().min(0),
  type: Code.optional(), businessUnit: Code.nullable().optional(), documentState: z.enum(['draft', 'issued', 'void']).optional(), graceDays: z.int().min(0).max(365).nullable().optional().describe('Days of grace of this invoice alone'), custom: CustomFields.optional(),
  lines: z.array(z.strictObject({ description: Text, quantity: z.number().optional(), amountMinor: Minor })).max(1000).optional(),
}).meta({ id: 'InvoiceInput' });

export const LadderStep = z.object({
  step: z.string(), title: z.string(), level: z.int(), when: z.string().describe('The step\'s day in words, e.g. "7 days after due"'), plannedAt: Instant.nullable(),
  status: z.enum(['done', 'covered', 'suppressed', 'skipped', 'deferred', 'next', 'upcoming', 'not-needed']), why: z.string().nullable(),
  actions: z.array(z.object({
    action: z.string(), outcome: z.enum(['executed', 'suppressed', 'deferred', 'covered', 'skipped']).nullable(), reason: z.string().nullable(), at: Instant.nullable(), until: Instant.nullable(),
    occurrence: z.int(), decisionId: Id.nullable(), messageId: z.string().nullable(),
  })),
}).meta({ id: 'LadderStep' });
export const Ladder = z.object({
  policy: z.object({ id: Id, policy: z.string(), version: z.int(), title: z.string() }), now: Instant.describe("The deployment's clock"), timeZone: z.string(),
  next: z.object({ at: Instant.nullable(), step: z.string().nullable(), why: z.string() }).nullable(), outcome: z.string().nullable(), steps: z.array(LadderStep),
}).meta({ id: 'Ladder' });

export const ControlResult = z.object({ requestId: z.string(), accepted: z.boolean(), message: z.string(), collection: CollectionSummary.nullable() }).meta({ id: 'ControlResult' });
const reason = { reason: Text.optional() };
export const WriteOff = z.object({ id: Id, externalId: z.string(), invoiceId: Id, amountMinor: Minor, reason: z.string().nullable(), writtenOffAt: Instant, reversedAt: Instant.nullable() }).meta({ id: 'WriteOff' });

const invoice = { tag: 'Invoices', access: readers, params: idParams, problems: [404] } as const;
const control = { method: 'post', tag: 'Collection', access: collectors, params: idParams, status: 200, answer: ControlResult, problems: [404, 409, 503] } as const;

export const invoiceContracts = {
  listInvoices: contract({
    id: 'listInvoices', method: 'get', path: '/invoices', tag: 'Invoices', summary: 'Invoices by state, age, customer and stage', access: readers,
    query: z.object({
      state: z.array(InvoiceState).optional(), bucket: z.array(AgingBucket).optional(), customerId: QueryId.optional(), currency: z.string().length(3).optional(), businessUnit: z.string().max(100).optional(),
      search: z.string().max(200).optional().describe('Number, external id or customer name'), externalId: z.string().max(200).optional(), dueFrom: LocalDate.optional(), dueTo: LocalDate.optional(),
      stage: z.string().max(100).optional(), nextStep: z.string().max(100).optional(), type: z.string().max(100).optional(),
      sort: z.enum(['dueOn', '-dueOn', 'openMinor', '-openMinor', 'issuedOn', '-issuedOn', 'number', '-number']).default('dueOn'), ...pageQuery,
    }), status: 200, answer: page('InvoicePage', InvoiceListItem),
  }),
  getInvoice: contract({ ...invoice, id: 'getInvoice', method: 'get', path: '/invoices/{id}', summary: 'One invoice', status: 200, answer: Invoice, etag: true }),
  getInvoiceLines: contract({ ...invoice, id: 'getInvoiceLines', method: 'get', path: '/invoices/{id}/lines', summary: 'Its lines', status: 200, answer: z.object({ items: z.array(InvoiceLine) }).meta({ id: 'InvoiceLines' }) }),
  getInvoiceApplications: contract({ ...invoice, id: 'getInvoiceApplications', method: 'get', path: '/invoices/{id}/applications', summary: 'What settled it', status: 200, answer: z.object({ items: z.array(Application) }).meta({ id: 'Applications' }) }),
  getInvoiceLadder: contract({ ...invoice, id: 'getInvoiceLadder', method: 'get', path: '/invoices/{id}/ladder', summary: 'Every step of its policy: done, next, skipped, and why', status: 200, answer: Ladder }),
  getInvoiceDecisions: contract({ ...invoice, id: 'getInvoiceDecisions', method: 'get', path: '/invoices/{id}/decisions', summary: 'Its decisions, oldest first', status: 200, answer: z.object({ items: z.array(Decision) }).meta({ id: 'Decisions' }) }),
  getInvoiceDocument: contract({ ...invoice, id: 'getInvoiceDocument', method: 'get', path: '/invoices/{id}/document', summary: 'Its PDF: the one supplied, or one made from the ledger', status: 200, contentType: 'application/pdf' }),
  putInvoiceDocument: contract({ ...invoice, access: ledgerWriters, id: 'putInvoiceDocument', method: 'put', path: '/invoices/{id}/document', summary: 'Supply its PDF', upload: 'pdf', status: 204 }),
  setInvoiceGrace: contract({
    ...invoice, access: ledgerWriters, id: 'setInvoiceGrace', method: 'put', path: '/invoices/{id}/grace', summary: 'Give one invoice days of grace', description: 'Steps after the due date that are still to come move at once.',
    body: z.strictObject({ graceDays: z.int().min(0).max(365).nullable().describe('null: as its customer, else the policy says'), reason: Text }), status: 200, answer: Invoice,
  }),
  upsertInvoices: contract({
    id: 'upsertInvoices', method: 'post', path: '/invoices/bulk', tag: 'Invoices', summary: 'Create or update up to 1,000 invoices by external id', access: ledgerWriters,
    body: z.strictObject({ records: z.array(z.unknown()).min(1).max(bulkRecordsMax).meta({ items: { $ref: '#/components/schemas/InvoiceInput' } }) }), status: 200, answer: BulkResult,
  }),
  writeOffInvoice: contract({
    id: 'writeOffInvoice', method: 'post', path: '/invoices/{id}/write-offs', tag: 'Invoices', summary: 'Write off what is open, or a part of it', access: ledgerWriters, params: idParams,
    body: z.strictObject({ externalId: ExternalId, amountMinor: PositiveMinor, ...reason }), status: 201, answer: WriteOff, problems: [404, 422],
  }),
  reverseWriteOff: contract({ id: 'reverseWriteOff', method: 'post', path: '/write-offs/{id}/reverse', tag: 'Invoices', summary: 'Take a write-off back', access: ledgerWriters, params: idParams, body: z.strictObject(reason), status: 200, answer: WriteOff, problems: [404] }),
  pauseCollection: contract({ ...control, id: 'pauseCollection', path: '/invoices/{id}/collection/pause', summary: 'Pause until an instant, or until resumed', body: z.strictObject({ until: Instant.nullable(), ...reason }) }),
  resumeCollection: contract({ ...control, id: 'resumeCollection', path: '/invoices/{id}/collection/resume', summary: 'Resume', body: z.strictObject(reason) }),
  skipStep: contract({ ...control, id: 'skipStep', path: '/invoices/{id}/collection/skip-step', summary: 'Skip a step that is still to come', body: z.strictObject({ step: Code, ...reason }) }),
  sendNow: contract({ ...control, id: 'sendNow', path: '/invoices/{id}/collection/send-now', summary: 'Run a step now', body: z.strictObject({ step: Code, ...reason }) }),
  stopCollection: contract({ ...control, id: 'stopCollection', path: '/invoices/{id}/collection/stop', summary: 'Stop the collection of this invoice for good', body: z.strictObject(reason) }),
};
