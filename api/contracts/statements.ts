import { z } from 'zod';
import { collectors, contract, readers } from './contract';
import { MessageState } from './messages';
import { Id, Instant, LocalDate, Minor, Uuid, idParams, page, pageQuery } from './values';

export const Statement = z.object({
  id: Id, messageId: Uuid, segmentId: Id.nullable(), segmentTitle: z.string().nullable().describe('The segment whose run wrote it'), askedBy: z.string().nullable().describe('Who sent it by hand'),
  from: LocalDate, to: LocalDate, at: Instant, closing: z.array(z.object({ currency: z.string(), amountMinor: Minor })).describe('The balance that it ended with, in each currency; the next begins with it'),
  state: MessageState.describe('Of its message'), stateReason: z.string().nullable(), attachment: z.int().nullable().describe('The place of its PDF among the attachments of its message; null before it was handed over'),
}).meta({ id: 'Statement' });

const ofCustomer = { tag: 'Statements', params: idParams } as const;

export const statementContracts = {
  listStatements: contract({ ...ofCustomer, id: 'listStatements', method: 'get', path: '/customers/{id}/statements', summary: 'Statements of account that a customer was sent, the latest first', access: readers, query: z.object(pageQuery), status: 200, answer: page('StatementPage', Statement), problems: [404] }),
  previewStatement: contract({
    ...ofCustomer, id: 'previewStatement', method: 'get', path: '/customers/{id}/statement', summary: 'A statement of account as a PDF, sending nothing',
    description: 'That of today is the one that would be sent. That of an earlier day is worked out by dates, without what is disputed or promised now.',
    access: readers, query: z.object({ on: LocalDate.optional().describe('Today where the customer is, unless given') }), status: 200, contentType: 'application/pdf', problems: [404, 422],
  }),
  sendStatement: contract({
    ...ofCustomer, id: 'sendStatement', method: 'post', path: '/customers/{id}/statements', summary: 'Send a customer its statement of account now',
    description: 'It leaves at once, also outside send windows and while collection is paused. A customer who is not to be contacted gets none, and there is one for each day and state of the account.',
    access: collectors, body: z.strictObject({}), status: 201, answer: Statement, problems: [404, 409],
  }),
};
