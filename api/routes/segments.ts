import type { Knex } from 'knex';
import { readAccounts } from '../../db/conditions/readAccounts';
import { selectCustomers } from '../../db/conditions/select';
import { listConditionFields } from '../../db/conditions/fields';
import { customerExists } from '../../db/readmodels/customers';
import { readNames } from '../../db/readmodels/names';
import { findRun, listCustomerRunDecisions, listRunDecisions } from '../../db/readmodels/segmentDecisions';
import { customerSegments, listSegmentHistory, listSegmentMembers } from '../../db/readmodels/segments';
import { controlRun, previewRun, readSchedule, setRun } from '../../db/segments/controlRun';
import { createSegment, findSegment, listSegments, SegmentConditionError, segmentReading, SegmentError, SegmentNamedError, updateSegment, type SegmentRow } from '../../db/segments/segments';
import { readSegmentCollection, setBatched } from '../../db/segments/setBatched';
import { publishedTemplates } from '../../db/templates/published';
import { notSimulated } from '../../domain/condition/catalogue';
import { describeCondition } from '../../domain/condition/describe';
import { evaluateCondition } from '../../domain/condition/evaluate';
import { parseCondition } from '../../domain/policy/readCondition';
import { describeCadence } from '../../domain/segment/cadence';
import { documentOfRun, readRun } from '../../domain/segment/readRun';
import type { SegmentAction, SegmentRun } from '../../domain/segment/types';
import type { TemplateKind } from '../../domain/templates/types';
import type { segmentContracts } from '../contracts/segments';
import type { Handlers } from '../http/call';
import { changedMeanwhile } from '../http/etag';
import { conflict, impossible, notFound } from '../http/problem';
import { now } from './ledgerContext';
import { paged } from './paging';

const previewedMax = 200;

export const segmentHandlers: Handlers<typeof segmentContracts> = {
  getSegmentCollection: async ({ db, params }) => {
    await known(db, params.id);
    return readSegmentCollection(db, params.id);
  },
  setSegmentCollection: async ({ trx, params, body, actor }) => {
    await known(trx, params.id);
    const at = await now(trx);
    await refusing(() => setBatched(trx, actor, params.id, body.inBatches, at.getTime()));
    return readSegmentCollection(trx, params.id);
  },
  getSegmentSchedule: async ({ db, params }) => schedule(db, params.id),
  setSegmentSchedule: async ({ trx, params, body, actor }) => {
    await known(trx, params.id);
    const at = await now(trx);
    const read = body.run === null ? null : readRun(body.run, await readNames(trx));
    if (read && !read.ok) throw impossible('The schedule cannot be read.', read.errors.map(({ path, message }) => ({ path: `run.${path}`, message })));
    const mail = read?.run.actions.find((action) => action.kind === 'email' || action.kind === 'statement');
    if (mail?.kind === 'email' || mail?.kind === 'statement') await checkTemplate(trx, mail.template, mail.kind === 'statement' ? ['statement'] : ['segment', 'customer']);
    await setRun(trx, actor, params.id, read?.run ?? null, body.consolidated, at.getTime());
    return schedule(trx, params.id);
  },
  controlSegmentRun: async ({ trx, params, body, actor }) => {
    await known(trx, params.id);
    const at = await now(trx);
    await refusing(() => controlRun(trx, actor, params.id, body.do, at.getTime()));
    return schedule(trx, params.id);
  },
  previewSegmentRun: async ({ db, params }) => {
    await known(db, params.id);
    const at = await now(db);
    return refusing(() => previewRun(db, params.id, at.getTime(), previewedMax));
  },
  listSegmentRunDecisions: async ({ db, params, query }) => {
    const run = await findRun(db, params.id, params.run);
    if (run === null) throw notFound(`run ${params.run} of segment`, params.id);
    return paged(query, 'customer', 1, (page) => listRunDecisions(db, run, query, page));
  },
  listCustomerRunDecisions: async ({ db, params, query }) => {
    if (!(await customerExists(db, params.id))) throw notFound('customer', params.id);
    return paged(query, '-at', 2, (page) => listCustomerRunDecisions(db, params.id, query, page));
  },
  listSegments: async ({ db, query }) => {
    const { items, next } = await paged(query, 'title', 2, (page) => listSegments(db, { ...query, archived: query.archived ?? false }, page));
    return { items: items.map(segmentOf), next };
  },
  createSegment: async ({ trx, body, actor }) => {
    const { key, title, description = null, condition } = body;
    const at = await now(trx);
    return segmentOf(await refusing(() => createSegment(trx, actor, key, { title, description, condition }, at.getTime())));
  },
  previewSegment: async ({ db, body }) => {
    const parsed = parseCondition(body.condition, await segmentReading(db));
    if (!parsed.ok) return { valid: false, errors: [...parsed.errors], conditionText: null, total: 0, customers: [] };
    const at = (await now(db)).getTime();
    const { total, ids } = await selectCustomers(db, parsed.condition, at, body.limit);
    const accounts = await readAccounts(db, ids, at);
    return {
      valid: true, errors: [], conditionText: describeCondition(parsed.condition), total,
      customers: accounts.map(({ customerId, name, facts }) => ({ customerId, customerName: name, externalId: facts.customer.externalId, reason: evaluateCondition(parsed.condition, facts).reason })),
    };
  },
  getSegment: async ({ db, params }) => segmentOf(await known(db, params.id)),
  updateSegment: async ({ trx, params, body, ifMatch, actor }) => {
    const before = await known(trx, params.id);
    const at = await now(trx);
    const after = await refusing(() => updateSegment(trx, actor, params.id, ifMatch ?? before.rowVersion, body, at.getTime()));
    if (!after) throw changedMeanwhile('segment');
    return segmentOf(after);
  },
  listSegmentMembers: async ({ db, params, query }) => {
    await known(db, params.id);
    return paged(query, 'name', 2, (page) => listSegmentMembers(db, params.id, query.search, page));
  },
  listSegmentHistory: async ({ db, params, query }) => {
    await known(db, params.id);
    return paged(query, '-id', 1, (page) => listSegmentHistory(db, { ...query, segmentId: params.id }, page));
  },
  getCustomerSegments: async ({ db, params }) => {
    if (!(await customerExists(db, params.id))) throw notFound('customer', params.id);
    return customerSegments(db, params.id);
  },
  describeCondition: async ({ db, query }) => {
    const parsed = parseCondition(jsonOf(query.condition), { subject: query.subject, names: await readNames(db), ...(query.event ? { event: query.event } : {}), ...(query.simulated ? { without: notSimulated } : {}) });
    return parsed.ok ? { valid: true, text: describeCondition(parsed.condition), errors: [] } : { valid: false, text: null, errors: [...parsed.errors] };
  },
  listConditionFields: async ({ db, query }) => ({ items: await listConditionFields(db, query.subject, query.event) }),
};

async function schedule(db: Knex, id: number) {
  await known(db, id);
  const { run, ...standing } = await readSchedule(db, id);
  return { ...standing, run: run && runOf(run), cadence: run && describeCadence(run.cadence) };
}

async function checkTemplate(trx: Knex.Transaction, name: string, kinds: readonly TemplateKind[]): Promise<void> {
  const kind = (await publishedTemplates(trx, [name])).get(name)?.kind;
  if (!kind || !kinds.includes(kind)) throw impossible(`There is no email template "${name}" for ${kinds[0] === 'statement' ? 'statements' : 'segments'}.`, [{ path: 'run.actions', message: kind ? `"${name}" is of the kind ${kind}` : 'asks for a template that does not exist' }]);
}

function runOf(run: SegmentRun) {
  const { when, invoices, actions, ...document } = documentOfRun(run);
  return { ...document, actions: actions.map(actionOf), when: when as Record<string, unknown> | null, invoices: { ...invoices, where: invoices.where as Record<string, unknown> | null } };
}

/** What a run of before does not say, it says by now. */
function actionOf(action: SegmentAction) {
  return action.kind === 'task' ? { ...action, instructions: action.instructions ?? null, template: action.template ?? null } : action;
}

async function known(db: Knex, id: number): Promise<SegmentRow> {
  const segment = await findSegment(db, id);
  if (!segment) throw notFound('segment', id);
  return segment;
}

export function segmentOf({ document, condition, ...row }: SegmentRow) {
  return { ...row, condition: document as Record<string, unknown>, conditionText: describeCondition(condition) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw impossible('The condition is not JSON.', [{ path: 'condition', message: error.message }]);
  }
}

async function refusing<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof SegmentNamedError) throw impossible(error.message, [{ path: 'evenIfNamed', message: 'is not said: archive it all the same with true, once you have looked at what names it' }]);
    if (error instanceof SegmentError) throw conflict(error.message);
    if (error instanceof SegmentConditionError) {
      throw impossible(`The condition cannot be read: ${error.message}.`, error.errors.map(({ path, message, allowed }) => ({ path: path ? `condition.${path}` : 'condition', message: allowed ? `${message} (allowed: ${allowed})` : message })));
    }
    throw error;
  }
}
