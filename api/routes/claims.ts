import { addDisputeNote, addEvidence, assignDispute, DisputeError, findEvidence, openDispute, resolveDispute, setDisputeDeadline } from '../../db/disputes';
import { recordPromise, withdrawPromise } from '../../db/promises';
import { findDispute, findPromise, listDisputes, listPromises, readKeptRates, type DisputeDetail, type PromiseItem } from '../../db/readmodels/claims';
import { customerExists } from '../../db/readmodels/customers';
import { evidenceName, evidenceType } from '../../domain/dispute/evidence';
import type { Knex } from 'knex';
import type { claimContracts } from '../contracts/claims';
import { Document, type Handlers } from '../http/call';
import { conflict, impossible, notFound } from '../http/problem';
import { accepted, ledgerContext } from './ledgerContext';
import { paged } from './paging';

export const claimHandlers: Handlers<typeof claimContracts> = {
  listPromises: async ({ db, query }) => paged(query, '-promisedOn', 2, (page) => listPromises(db, query, page)),
  getPromise: async ({ db, params }) => promiseOf(db, params.id),
  recordPromise: async ({ trx, body, actor }) => {
    const { promiseId } = accepted([await recordPromise(trx, await ledgerContext(trx, actor), body)]);
    return promiseOf(trx, promiseId ?? 0);
  },
  withdrawPromise: async ({ trx, params, body, actor }) => {
    const done = await withdrawPromise(trx, await ledgerContext(trx, actor), params.id, body.reason);
    if (done === 'over') throw conflict('The promise does not run any more: there is nothing to withdraw.');
    return promiseOf(trx, params.id);
  },
  getKeptRates: async ({ db, params }) => {
    if (!(await customerExists(db, params.id))) throw notFound('customer', params.id);
    return { items: await readKeptRates(db, params.id) };
  },

  listDisputes: async ({ db, query }) => paged(query, '-openedAt', 2, (page) => listDisputes(db, query, page)),
  getDispute: async ({ db, params }) => disputeOf(db, params.id),
  openDispute: async ({ trx, body, actor }) => {
    const { disputeId } = accepted([await openDispute(trx, await ledgerContext(trx, actor), body)]);
    return disputeOf(trx, disputeId ?? 0);
  },
  assignDispute: async ({ trx, params, body, actor }) => {
    const context = await ledgerContext(trx, actor);
    await refusing(() => assignDispute(trx, context, params.id, body.ownerId));
    return disputeOf(trx, params.id);
  },
  setDisputeDeadline: async ({ trx, params, body, actor }) => {
    const context = await ledgerContext(trx, actor);
    await refusing(() => setDisputeDeadline(trx, context, params.id, body.deadlineOn));
    return disputeOf(trx, params.id);
  },
  addDisputeNote: async ({ trx, params, body, actor }) => {
    await addDisputeNote(trx, await ledgerContext(trx, actor), params.id, body.body);
    return disputeOf(trx, params.id);
  },
  addDisputeFile: async ({ trx, params, query, request, actor }) => {
    const content: unknown = request.body;
    if (!Buffer.isBuffer(content) || content.length === 0) throw impossible('The body is empty: send the file itself as application/octet-stream.');
    const contentType = evidenceType(content);
    if (contentType === null) throw impossible('The file is none that is kept here: send a PDF, a PNG or JPEG picture, or plain text.');
    const context = await ledgerContext(trx, actor);
    await refusing(() => addEvidence(trx, context, params.id, { fileName: evidenceName(query.fileName), contentType, content }));
    return disputeOf(trx, params.id);
  },
  getDisputeFile: async ({ db, params }) => {
    const file = await findEvidence(db, params.id, params.fileId);
    if (!file) throw notFound('file', params.fileId);
    // Whatever somebody sent in is saved, never opened on the console's own address.
    return new Document(file.content, 'application/octet-stream', {
      'content-disposition': `attachment; filename="${file.fileName.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
      'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff',
    });
  },
  resolveDispute: async ({ trx, params, body, actor }) => {
    const context = await ledgerContext(trx, actor);
    const resolution = body.resolution === 'split' ? { kind: body.resolution, creditMinor: body.creditMinor } : { kind: body.resolution };
    await refusing(() => resolveDispute(trx, context, params.id, resolution, body.note ?? null));
    return disputeOf(trx, params.id);
  },
};

async function promiseOf(db: Knex, id: number): Promise<PromiseItem> {
  const promise = await findPromise(db, id);
  if (!promise) throw notFound('promise', id);
  return promise;
}

async function disputeOf(db: Knex, id: number): Promise<DisputeDetail> {
  const dispute = await findDispute(db, id);
  if (!dispute) throw notFound('dispute', id);
  return dispute;
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DisputeError) throw conflict(error.message);
    throw error;
  }
}
