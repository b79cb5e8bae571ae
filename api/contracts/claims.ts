import { z } from 'zod';
import { disputeReasons } from '../../domain/dispute/dispute';
import { promiseSources, promiseStates } from '../../domain/promise/promise';
import { collectors, contract, creditManagers, readers } from './contract';
import { Currency, ExternalId, Flag, Id, Instant, LocalDate, LongText, Minor, PositiveMinor, QueryId, RowVersion, Text, idParams, page, pageQuery } from './values';

export const PromiseStateName = z.enum(promiseStates).meta({ id: 'PromiseState' });
const Source = z.enum(promiseSources).meta({ id: 'ClaimSource' });
export const PromiseToPay = z.object({
  id: Id, externalId: z.string(), customerId: Id, customerName: z.string(), currency: z.string(), amountMinor: Minor, paidMinor: Minor, promisedOn: LocalDate, endsAt: Instant.describe("The end of that day in the customer's zone"),
  state: PromiseStateName, source: Source, note: z.string().nullable(), madeAt: Instant, madeBy: z.string(), decidedAt: Instant.nullable(),
  invoices: z.array(z.object({ invoiceId: Id, invoiceNumber: z.string(), amountMinor: Minor, superseded: z.boolean() })),
}).meta({ id: 'PromiseToPay' });
export const PromiseInput = z.strictObject({
  externalId: ExternalId, customerExternalId: ExternalId, invoiceExternalIds: z.array(ExternalId).min(1).max(500).optional().describe('Left out: all that the customer owes in this currency, oldest due first'), currency: Currency,
  amountMinor: PositiveMinor.optional().describe('Left out: all that is open and undisputed on the invoices'), promisedOn: LocalDate, source: Source.default('api'), note: LongText.nullable().optional(),
}).meta({ id: 'PromiseInput' });

export const DisputeReasonName = z.enum(disputeReasons).meta({ id: 'DisputeReason' });
const disputeFields = {
  id: Id, externalId: z.string(), customerId: Id, customerName: z.string(), invoiceId: Id, invoiceNumber: z.string(), currency: z.string(), amountMinor: Minor, openMinor: Minor.describe('What is open on the invoice'),
  reason: DisputeReasonName, detail: z.string().nullable(), source: Source, state: z.enum(['open', 'resolved']), owner: z.object({ id: Id, name: z.string() }).nullable(), openedAt: Instant, openedBy: z.string(),
  deadlineOn: LocalDate.nullable(), late: z.boolean(), escalatedAt: Instant.nullable(), resolution: z.enum(['valid', 'invalid', 'split']).nullable(), resolutionNote: z.string().nullable(), creditedMinor: Minor,
  resolvedAt: Instant.nullable(), resolvedBy: z.string().nullable(), rowVersion: RowVersion,
};
export const DisputeListItem = z.object(disputeFields).meta({ id: 'DisputeListItem' });
export const Dispute = z.object({
  ...disputeFields,
  notes: z.array(z.object({ id: Id, author: z.string(), body: z.string(), at: Instant })),
  files: z.array(z.object({ id: Id, fileName: z.string(), contentType: z.string(), bytes: z.int(), addedBy: z.string(), addedAt: Instant })),
}).meta({ id: 'Dispute' });
export const DisputeInput = z.strictObject({
  externalId: ExternalId, invoiceExternalId: ExternalId, amountMinor: PositiveMinor.optional().describe('Left out: all that is open and not disputed yet'), reason: DisputeReasonName, detail: LongText.nullable().optional(),
  source: Source.default('api'), ownerId: Id.nullable().optional(), deadlineOn: LocalDate.optional().describe('Left out: in 14 days'),
}).meta({ id: 'DisputeInput' });
const Resolution = z.discriminatedUnion('resolution', [
  z.strictObject({ resolution: z.literal('valid'), note: LongText.optional() }),
  z.strictObject({ resolution: z.literal('invalid'), note: LongText.optional() }),
  z.strictObject({ resolution: z.literal('split'), creditMinor: PositiveMinor, note: LongText.optional() }),
]).meta({ id: 'DisputeResolution' });

const promises = { tag: 'Promises' } as const;
const dispute = { tag: 'Disputes', access: collectors, params: idParams, status: 200, answer: Dispute, problems: [404, 409] } as const;

export const claimContracts = {
  listPromises: contract({
    ...promises, id: 'listPromises', method: 'get', path: '/promises', summary: 'Promises to pay, the latest promised day first', access: readers,
    query: z.object({ state: z.array(PromiseStateName).optional(), customerId: QueryId.optional(), invoiceId: QueryId.optional(), from: LocalDate.optional(), to: LocalDate.optional(), ...pageQuery }), status: 200, answer: page('PromisePage', PromiseToPay),
  }),
  getPromise: contract({ ...promises, id: 'getPromise', method: 'get', path: '/promises/{id}', summary: 'One promise', access: readers, params: idParams, status: 200, answer: PromiseToPay, problems: [404] }),
  recordPromise: contract({
    ...promises, id: 'recordPromise', method: 'post', path: '/promises', summary: 'Record a promise to pay', access: collectors, body: PromiseInput, status: 201, answer: PromiseToPay, problems: [409, 422],
    description: 'What is promised is not asked for until the end of the promised day. It takes over the promises that run on the same invoices. One with an external id that is known already changes nothing.',
  }),
  withdrawPromise: contract({ ...promises, id: 'withdrawPromise', method: 'post', path: '/promises/{id}/withdraw', summary: 'Withdraw a promise that runs', access: collectors, params: idParams, body: z.strictObject({ reason: Text }), status: 200, answer: PromiseToPay, problems: [404, 409] }),
  getKeptRates: contract({
    ...promises, id: 'getKeptRates', method: 'get', path: '/customers/{id}/promise-kept-rate', summary: 'How much of what a customer promised came as promised, for each currency', access: readers, params: idParams, status: 200,
    answer: z.object({ items: z.array(z.object({ currency: z.string(), decided: z.int(), kept: z.int(), rate: z.number().nullable() })) }).meta({ id: 'KeptRates' }), problems: [404],
  }),
  listDisputes: contract({
    tag: 'Disputes', id: 'listDisputes', method: 'get', path: '/disputes', summary: 'Disputes, newest first', access: readers,
    query: z.object({ state: z.enum(['open', 'resolved']).optional(), reason: DisputeReasonName.optional(), ownerId: QueryId.optional(), customerId: QueryId.optional(), invoiceId: QueryId.optional(), late: Flag.optional(), ...pageQuery }),
    status: 200, answer: page('DisputePage', DisputeListItem),
  }),
  getDispute: contract({ ...dispute, id: 'getDispute', method: 'get', path: '/disputes/{id}', summary: 'One dispute, with its notes and files', access: readers }),
  openDispute: contract({
    tag: 'Disputes', id: 'openDispute', method: 'post', path: '/disputes', summary: 'Open a dispute', access: collectors, body: DisputeInput, status: 201, answer: Dispute, problems: [409, 422],
    description: 'The disputed amount is not asked for until the dispute is resolved; the rest of the invoice is. One with an external id that is known already changes nothing.',
  }),
  assignDispute: contract({ ...dispute, id: 'assignDispute', method: 'post', path: '/disputes/{id}/assign', summary: 'Give a dispute to a person', body: z.strictObject({ ownerId: Id.nullable() }) }),
  setDisputeDeadline: contract({ ...dispute, id: 'setDisputeDeadline', method: 'post', path: '/disputes/{id}/deadline', summary: 'Give a dispute that is open another deadline', body: z.strictObject({ deadlineOn: LocalDate }) }),
  addDisputeNote: contract({ ...dispute, id: 'addDisputeNote', method: 'post', path: '/disputes/{id}/notes', summary: 'Write a note on a dispute', body: z.strictObject({ body: LongText }) }),
  addDisputeFile: contract({
    ...dispute, id: 'addDisputeFile', method: 'post', path: '/disputes/{id}/files', summary: 'Keep a file with a dispute', upload: 'file', query: z.object({ fileName: z.string().min(1).max(300) }),
    description: 'The body is the file itself, at most 10 MB: a PDF, a PNG or JPEG picture, or plain text. What it is, is told from its content.', problems: [404, 409, 413, 422],
  }),
  getDisputeFile: contract({
    tag: 'Disputes', id: 'getDisputeFile', method: 'get', path: '/disputes/{id}/files/{fileId}', summary: 'A file of a dispute, to be saved, never shown', access: readers,
    params: z.object({ id: QueryId, fileId: QueryId }), status: 200, contentType: 'application/octet-stream', problems: [404],
  }),
  resolveDispute: contract({
    ...dispute, id: 'resolveDispute', method: 'post', path: '/disputes/{id}/resolve', summary: 'Resolve a dispute: valid and split issue a credit note', access: creditManagers, body: Resolution, problems: [404, 409, 422],
  }),
};
