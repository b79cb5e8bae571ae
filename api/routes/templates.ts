import { appendAudit } from '../../db/audit';
import { createTemplate, customFieldTypes, findTemplate, listTemplates, lockTemplate, publishTemplateDraft, saveTemplateDraft, TemplateConflictError, type TemplateDetail, type TemplateWords } from '../../db/templates/drafts';
import { previewAccount } from '../../db/templates/previewAccount';
import { beginTest, endInterruptedTests, endTest, type TestState } from '../../db/templates/tests';
import { templateFields, type CustomFieldTypes } from '../../domain/templates/fields';
import type { MessageTemplate, TemplateKind } from '../../domain/templates/types';
import { renderMessage, TemplateError } from '../../emails/render';
import { checkTemplate } from '../../emails/templates/check';
import { sampleMessages } from '../../emails/templates/samples';
import type { MessageInput } from '../../emails/types';
import type { SendResult } from '../../integrations/mail/provider';
import type { Knex } from 'knex';
import type { templateContracts } from '../contracts/templates';
import type { ApiDeps } from '../deps';
import type { Handlers } from '../http/call';
import { conflict, impossible, notFound, ProblemError } from '../http/problem';
import { paged } from './paging';

const testTimeoutMs = 20_000;

export const templateHandlers: Handlers<typeof templateContracts> = {
  listTemplates: ({ db, query }) => paged(query, 'title', 2, (page) => listTemplates(db, query, page)),
  getTemplate: async ({ db, params }) => detail(db, params.id),
  createTemplate: async ({ trx, body: { name, title, kind, ...words }, actor }) => detail(trx, await refusing(() => createTemplate(trx, actor, { name, title, kind, words }))),
  saveTemplateDraft: async ({ trx, params, body, actor }) => {
    if (!(await refusing(() => saveTemplateDraft(trx, actor, params.id, body)))) throw notFound('template', params.id);
    return detail(trx, params.id);
  },
  publishTemplate: async ({ trx, params, body, actor }) => {
    const template = await refusing(() => lockTemplate(trx, params.id, body.rowVersion));
    if (!template) throw notFound('template', params.id);
    if (!template.draft) throw conflict('There is no draft to publish: change the words first.');
    const problems = checkTemplate(draftOf(template.name, template.kind, template.draft), await customFieldTypes(trx));
    if (problems.length > 0) {
      throw impossible(`The template has ${problems.length} ${problems.length === 1 ? 'fault' : 'faults'}, listed in "errors".`, problems.map(({ language, part, line, message }) => ({ path: `texts.${language}.${part}`, message: `${line === null ? '' : `line ${line}: `}${message}` })));
    }
    await refusing(() => publishTemplateDraft(trx, actor, params.id, body));
    return detail(trx, params.id);
  },
  previewTemplate: {
    outside: true,
    handle: async ({ body: { kind, language, customerId, ...words }, deps }) => {
      const custom = await customFieldTypes(deps.knex);
      const template = draftOf('draft', kind, words);
      const problems = checkTemplate(template, custom);
      try {
        const { subject, html, text } = await renderMessage(await inputFor(deps, template, language, customerId, custom));
        return { problems, subject, html, text, failure: null };
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        return { problems, subject: null, html: null, text: null, failure: error.reason };
      }
    },
  },
  sendTemplateTest: {
    outside: true,
    handle: async ({ params, body: { language, customerId, ...words }, deps, identity, actor, requestId }) => {
      if (identity.kind !== 'person') throw new ProblemError(403, 'not-allowed', 'A test goes to the person who asks for it: an API key has no address.');
      const row = await findTemplate(deps.knex, params.id);
      if (!row) throw notFound('template', params.id);
      const template = draftOf(row.name, row.kind, words);
      const rendered = await renderMessage(await inputFor(deps, template, language, customerId, await customFieldTypes(deps.knex))).catch((error: unknown) => {
        throw error instanceof TemplateError ? impossible(error.reason) : error;
      });
      const { provider, from, sender } = deps.mail;
      const to = [identity.user.email];
      const subject = `[Test] ${rendered.subject}`;
      const payload = await provider.compose({ id: requestId, from, to, replyTo: sender.replyTo, ...rendered, subject });
      await endInterruptedTests(deps.knex);
      const test = { template_id: row.id, language, customer_id: customerId ?? null, to_address: identity.user.email, subject, provider: provider.name, sent_by: actor.name };
      // Written before it is offered, as every mail is: a test that may have left is never without a trace.
      const testId = await deps.knex.transaction(async (trx) => {
        await appendAudit(trx, [{ actor, action: 'template.test-sent', subjectType: 'template', subjectId: row.name, after: { to: identity.user.email, subject, language, provider: provider.name } }]);
        return beginTest(trx, test);
      });
      const { state, reason } = await offered(() => provider.send({ idempotencyKey: `template-test/${requestId}`, payload, from, to }, AbortSignal.timeout(testTimeoutMs)));
      await endTest(deps.knex, testId, state, reason);
      return { to: identity.user.email, subject, provider: provider.name, state, reason };
    },
  },
};

/** What became of a test; a provider that throws has not said whether it took it. */
async function offered(send: () => Promise<SendResult>): Promise<{ state: TestState; reason: string | null }> {
  try {
    const result = await send();
    const reason = 'reason' in result ? result.reason : null;
    if (result.kind === 'accepted') return { state: 'sent', reason };
    return result.kind === 'unknown' ? { state: 'unknown', reason } : { state: 'failed', reason };
  } catch (error) {
    return { state: 'unknown', reason: `Nobody can say whether it left: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function draftOf(name: string, kind: TemplateKind, { defaultLanguage, texts }: TemplateWords): MessageTemplate {
  return { name, kind, version: 0, defaultLanguage, texts };
}

/** A message that the words are shown on: about a real customer's open invoices, or made up. */
async function inputFor({ knex, mail }: ApiDeps, template: MessageTemplate, language: string, customerId: number | undefined, custom: CustomFieldTypes): Promise<MessageInput> {
  const [sample] = sampleMessages(template, language, custom);
  if (!sample) throw new Error('There is no sample to show a template on.');
  if (customerId === undefined) return { ...sample, sender: mail.sender };
  const account = await previewAccount(knex, customerId);
  if (!account) throw notFound('customer', customerId);
  if (account.invoices.length === 0 && ['customer', 'invoice-delivery', 'segment'].includes(template.kind)) throw impossible('This customer has no open invoice to write about. Choose another one.');
  const { name, today, customer, invoices } = account;
  return { ...sample, sender: mail.sender, customerName: name, today, customer, invoices };
}

async function detail(db: Knex, id: number) {
  const template: TemplateDetail | null = await findTemplate(db, id);
  if (!template) throw notFound('template', id);
  const fields = templateFields(template.kind, await customFieldTypes(db));
  return {
    ...template,
    fields: fields.map(({ name, type, label, optional, items }) => ({ name, type, label, optional: optional ?? false, items: (items ?? []).map((item) => ({ name: item.name, type: item.type, label: item.label })) })),
  };
}

async function refusing<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof TemplateConflictError) throw conflict(error.message);
    throw error;
  }
}
