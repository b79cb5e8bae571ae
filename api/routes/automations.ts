import type { Knex } from 'knex';
import { AutomationError, createAutomation, editAutomation, switchAutomation, type NewVersion } from '../../db/automations/automations';
import { dryRunAutomation } from '../../db/automations/dryRun';
import { findAutomation, listAutomations, listFirings, type AutomationRow } from '../../db/readmodels/automations';
import { readNames } from '../../db/readmodels/names';
import { checkAutomation } from '../../domain/automation/checkAutomation';
import { readAutomation } from '../../domain/automation/readAutomation';
import { automationDocument, type AutomationDocument } from '../../domain/automation/schema';
import { describeCondition } from '../../domain/condition/describe';
import { eventKinds } from '../../domain/events/kinds';
import type { automationContracts } from '../contracts/automations';
import type { Handlers } from '../http/call';
import { conflict, notFound, refused } from '../http/problem';
import { now } from './ledgerContext';
import { paged } from './paging';

export const automationHandlers: Handlers<typeof automationContracts> = {
  listAutomations: async ({ db, query }) => {
    const { items, next } = await paged(query, '-id', 1, (page) => listAutomations(db, query, page));
    return { items: items.map(shown), next };
  },
  createAutomation: async ({ trx, body, actor }) => {
    try {
      return shown(found(await findAutomation(trx, await createAutomation(trx, actor, body.key, await accepted(trx, body.document), (await now(trx)).getTime())), body.key));
    } catch (error) {
      if (error instanceof AutomationError) throw conflict(error.message);
      throw error;
    }
  },
  getAutomation: async ({ db, params }) => shown(found(await findAutomation(db, params.id), params.id)),
  editAutomation: async ({ trx, params, body, actor }) => {
    const version = await accepted(trx, body.document);
    const before = found(await findAutomation(trx, params.id), params.id);
    if (before.rowVersion !== body.rowVersion) throw conflict('Somebody has changed it meanwhile: look at it again.');
    await editAutomation(trx, actor, params.id, version, (await now(trx)).getTime());
    return shown(found(await findAutomation(trx, params.id), params.id));
  },
  switchAutomation: async ({ trx, params, body, actor }) => {
    // What it names may have gone since it was saved, and it may have been saved before there was all that a document may say.
    if (body.on) await accepted(trx, automationDocument.parse(found(await findAutomation(trx, params.id), params.id).document));
    found(await switchAutomation(trx, actor, params.id, body.on, (await now(trx)).getTime()), params.id);
    return shown(found(await findAutomation(trx, params.id), params.id));
  },
  dryRunAutomation: async ({ db, body }) => dryRunAutomation(db, read(body.document).automation, (await now(db)).getTime()),
  listFirings: async ({ db, params, query }) => {
    found(await findAutomation(db, params.id), params.id);
    return paged(query, '-id', 1, (page) => listFirings(db, params.id, query, page));
  },
};

function found<T>(row: T | null, id: number | string): T {
  if (row === null) throw notFound('automation', id);
  return row;
}

function read(document: AutomationDocument): NewVersion {
  const result = readAutomation(document);
  if ('automation' in result) return { document, automation: result.automation };
  throw refused(result.problems);
}

/** The same, and all that it names is there. */
async function accepted(db: Knex, document: AutomationDocument): Promise<NewVersion> {
  const version = read(document);
  const problems = checkAutomation(document, await readNames(db));
  if (problems.length > 0) throw refused(problems);
  return version;
}

function shown({ parsed, ...row }: AutomationRow) {
  const { trigger, when } = parsed;
  const event = trigger.days === null ? eventKinds[trigger.kind] : `An invoice is ${trigger.days} ${trigger.days === 1 ? 'day' : 'days'} past due`;
  return { ...row, description: when === null ? event : `${event}, if ${describeCondition(when)}` };
}
