import { addContact, changeContact, ContactError, removeContact } from '../../db/customers/contacts';
import { OwnerError, setCustomerOwner } from '../../db/customers/owner';
import { controlSteps, type StepsControl } from '../../db/customers/controlSteps';
import { setCustomerPause, stopCustomer, type CustomerPause } from '../../db/customers/pause';
import { lockCustomersOf, upsertCustomers } from '../../db/ledger';
import { customerExists, customerSort, findCustomer, listContacts, listCustomers } from '../../db/readmodels/customers';
import { readTimeline } from '../../db/readmodels/timeline';
import { addNote, listIssueTypes, NoteError, putIssueType } from '../../db/work/notes';
import { CustomerInput, type customerContracts } from '../contracts/customers';
import type { Call, Handlers } from '../http/call';
import { changedMeanwhile } from '../http/etag';
import { conflict, impossible, notFound } from '../http/problem';
import { accepted, bulk, idsByExternalId, ledgerContext, now } from './ledgerContext';
import { paged } from './paging';

export const customerHandlers: Handlers<typeof customerContracts> = {
  listCustomers: async ({ db, query }) => {
    const sort = await customerSort(db, query.sort, query.currency);
    // A place among amounts of one currency is none among those of another.
    return paged(query, sort.currency === null ? query.sort : `${query.sort} ${sort.currency}`, 2, (page) => listCustomers(db, query, sort, page));
  },
  getCustomer: async ({ db, params }) => {
    const customer = await findCustomer(db, params.id);
    if (!customer) throw notFound('customer', params.id);
    return customer;
  },
  updateCustomer: async ({ trx, params, body, ifMatch, actor }) => {
    await lockCustomersOf(trx, [params.id]);
    const before = await findCustomer(trx, params.id);
    if (!before) throw notFound('customer', params.id);
    if (ifMatch !== null && ifMatch !== before.rowVersion) throw changedMeanwhile('customer');
    accepted(await upsertCustomers(trx, await ledgerContext(trx, actor), [{ ...customerRecord(body), externalId: before.externalId, name: body.name ?? before.name }]));
    const after = await findCustomer(trx, params.id);
    if (!after) throw notFound('customer', params.id);
    return after;
  },
  setCustomerOwner: async ({ trx, params, body, actor }) => {
    const known = await refusing(() => setCustomerOwner(trx, actor, params.id, body.userId));
    const customer = known ? await findCustomer(trx, params.id) : null;
    if (!customer) throw notFound('customer', params.id);
    return customer;
  },
  upsertCustomers: async ({ trx, body, actor }) => {
    const context = await ledgerContext(trx, actor);
    return bulk(body.records, CustomerInput,
      (records) => upsertCustomers(trx, context, records.map((record) => ({ ...customerRecord(record), contacts: record.contacts?.map((contact) => ({ ...contact, role: contact.role ?? 'billing' })) }))),
      (ids) => idsByExternalId(trx, 'customers', ids));
  },

  listContacts: async ({ db, params }) => {
    if (!(await customerExists(db, params.id))) throw notFound('customer', params.id);
    return { items: await listContacts(db, params.id) };
  },
  createContact: async ({ trx, params, body, actor }) => {
    if (!(await customerExists(trx, params.id))) throw notFound('customer', params.id);
    return refusing(() => addContact(trx, actor, params.id, body));
  },
  updateContact: async ({ trx, params, body, ifMatch, actor }) => {
    const contact = await refusing(() => changeContact(trx, actor, params.id, ifMatch, body));
    if (!contact) throw notFound('contact', params.id);
    return contact;
  },
  deleteContact: async ({ trx, params, actor }) => {
    if (!(await removeContact(trx, actor, params.id))) throw notFound('contact', params.id);
  },

  getTimeline: async ({ db, params, query }) => {
    if (!(await customerExists(db, params.id))) throw notFound('customer', params.id);
    return paged(query, 'at', 2, (page) => readTimeline(db, params.id, query, page));
  },
  addNote: async ({ trx, params, body, actor }) => {
    const at = await now(trx);
    const note = await refusing(() => addNote(trx, actor, { customerId: params.id, invoiceId: body.invoiceId ?? null, body: body.body, issueType: body.issueType ?? null }, at));
    if (!note) throw notFound(body.invoiceId === undefined ? 'customer' : `invoice ${body.invoiceId} of customer`, params.id);
    return note;
  },
  listIssueTypes: ({ db, query }) => paged(query, 'label', 2, (page) => listIssueTypes(db, query, page)),
  putIssueType: async ({ trx, params, body, actor }) => putIssueType(trx, actor, { code: params.code, ...body }),
  pauseCustomer: async ({ trx, params, body, actor }) => {
    const until = body.until === null ? null : new Date(body.until);
    const at = await now(trx);
    if (until && until <= at) throw impossible(`A pause lasts until an instant to come; it is ${at.toISOString()} now.`, [{ path: 'until', message: 'is not in the future' }]);
    return known(params.id, await setCustomerPause(trx, actor, params.id, { paused: true, pausedUntil: until }, body.reason ?? null));
  },
  resumeCustomer: async ({ trx, params, body, actor }) => known(params.id, await setCustomerPause(trx, actor, params.id, { paused: false, pausedUntil: null }, body.reason ?? null)),
  stopCustomer: async ({ trx, params, body, actor }) => known(params.id, await stopCustomer(trx, actor, params.id, body.reason)),
  skipCustomerSteps: async (call) => stepsControlled(call, 'skip-step'),
  sendCustomerStepsNow: async (call) => stepsControlled(call, 'send-now'),
};

function known(id: number, pause: CustomerPause | null): CustomerPause {
  if (!pause) throw notFound('customer', id);
  return pause;
}

async function stepsControlled({ trx, params, body, actor, requestId }: Call<typeof customerContracts.skipCustomerSteps>, kind: StepsControl['kind']) {
  const items = await controlSteps(trx, params.id, { requestId, kind, steps: body.steps, actor, reason: body.reason ?? null, at: (await now(trx)).getTime() });
  if (!items) throw notFound('customer', params.id);
  return { items };
}

/** The ledger keeps a limit as two columns. */
function customerRecord<R extends { creditLimit?: { amountMinor: number; currency: string } | null }>({ creditLimit, ...record }: R) {
  return creditLimit === undefined ? record : { ...record, creditLimitMinor: creditLimit?.amountMinor ?? null, creditLimitCurrency: creditLimit?.currency ?? null };
}

async function refusing<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof OwnerError || error instanceof NoteError) throw conflict(error.message);
    if (error instanceof ContactError) throw error.code === 'changed' ? changedMeanwhile('contact') : conflict(error.message);
    throw error;
  }
}
