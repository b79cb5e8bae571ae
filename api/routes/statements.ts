import type { Knex } from 'knex';
import { findCustomer } from '../../db/readmodels/customers';
import { listStatements } from '../../db/readmodels/statements';
import { sendStatement, StatementError } from '../../db/statements/sendNow';
import { statementAsOf } from '../../db/statements/statements';
import { localDateAt } from '../../domain/calendar/zones';
import { statementFileName, statementPdf } from '../../emails/statementPdf';
import type { statementContracts } from '../contracts/statements';
import { Document, type Handlers } from '../http/call';
import { conflict, impossible, notFound } from '../http/problem';
import { now } from './ledgerContext';
import { paged } from './paging';

/** The template of a statement that a person sends. */
const template = 'statement';

export const statementHandlers: Handlers<typeof statementContracts> = {
  listStatements: async ({ db, params, query }) => {
    await known(db, params.id);
    return paged(query, '-id', 1, (page) => listStatements(db, params.id, page));
  },
  previewStatement: async ({ db, params, query, deps }) => {
    const { name, language, timeZone } = await known(db, params.id);
    const today = localDateAt((await now(db)).getTime(), timeZone);
    const on = query.on ?? today;
    if (on > today) throw impossible('A statement tells of days that have been.', [{ path: 'on', message: `lies after ${today}, today where the customer is` }]);
    // One state of the ledger for all that is read.
    const statement = await db.transaction((trx) => statementAsOf(trx, params.id, on, today), { isolationLevel: 'repeatable read', readOnly: true });
    const pdf = await statementPdf(statement, { sender: deps.mail.sender, customerName: name, language });
    return new Document(pdf, 'application/pdf', { 'content-disposition': `inline; filename="${statementFileName(statement, language)}"` });
  },
  sendStatement: async ({ trx, params, actor }) => {
    const at = await now(trx);
    try {
      const messageId = await sendStatement(trx, actor, params.id, template, at.getTime());
      if (messageId === null) throw notFound('customer', params.id);
      const { rows: [statement] } = await listStatements(trx, params.id, { after: null, limit: 1 });
      return statement!;
    } catch (error) {
      if (error instanceof StatementError) throw conflict(error.message);
      throw error;
    }
  },
};

async function known(db: Knex, id: number) {
  const customer = await findCustomer(db, id);
  if (!customer) throw notFound('customer', id);
  return customer;
}
