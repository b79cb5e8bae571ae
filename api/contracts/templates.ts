import { z } from 'zod';
import { templateKinds, templateBounds, templateNameCharsMax, templateNamePattern } from '../../domain/templates/types';
import { contract, creditManagers, readers } from './contract';
import { Id, Instant, Search, Text, idParams, page, pageQuery } from './values';

const Kind = z.enum(templateKinds).meta({ id: 'TemplateKind' });
const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, 'must be a language tag, as in de or pt-BR');
const TemplateText = z.strictObject({ subject: z.string().max(templateBounds.subjectChars), heading: z.string().max(templateBounds.headingChars), body: z.string().max(templateBounds.bodyChars) }).meta({ id: 'TemplateText' });
const words = { defaultLanguage: Language, texts: z.record(Language, TemplateText) };
const fields = {
  id: Id, name: z.string(), title: z.string(), kind: Kind, currentVersion: z.int().nullable().describe('What is sent; null: nothing is published yet'), hasDraft: z.boolean(), languages: z.array(z.string()),
  updatedAt: Instant, updatedBy: z.string().nullable(), rowVersion: z.int(),
};
const Template = z.object(fields).meta({ id: 'Template' });
const Field = z.object({ name: z.string(), type: z.string(), label: z.string(), optional: z.boolean(), items: z.array(z.object({ name: z.string(), type: z.string(), label: z.string() })) }).meta({ id: 'TemplateField' });
const Version = z.object({ version: z.int(), ...words, note: z.string().nullable(), publishedAt: Instant, publishedBy: z.string() }).meta({ id: 'TemplateVersion' });
const TemplateDetail = z.object({ ...fields, draft: z.object(words).nullable(), versions: z.array(Version), fields: z.array(Field) }).meta({ id: 'TemplateDetail' });
const TemplateProblem = z.object({ language: z.string(), part: z.enum(['subject', 'heading', 'body']), line: z.int().nullable(), column: z.int().nullable(), message: z.string() }).meta({ id: 'TemplateProblem' });
const looked = { kind: Kind, ...words, language: Language.describe('The reader\'s'), customerId: Id.optional().describe('Whose data is shown; left out: made-up data') };

export const templateContracts = {
  listTemplates: contract({
    id: 'listTemplates', method: 'get', path: '/templates', tag: 'Templates', summary: 'Templates of messages, by title', access: readers,
    query: z.object({ search: Search.optional().describe('In the title or the name'), kind: Kind.optional(), state: z.enum(['published', 'draft']).optional().describe('draft: somebody is working on another version'), ...pageQuery }), status: 200, answer: page('TemplatePage', Template),
  }),
  getTemplate: contract({ id: 'getTemplate', method: 'get', path: '/templates/{id}', tag: 'Templates', summary: 'A template with its draft, its versions and the fields that it may use', access: readers, params: idParams, status: 200, answer: TemplateDetail, problems: [404] }),
  createTemplate: contract({
    id: 'createTemplate', method: 'post', path: '/templates', tag: 'Templates', summary: 'Begin a template', description: 'It is sent once it is published.', access: creditManagers,
    body: z.strictObject({ name: z.string().max(templateNameCharsMax).regex(templateNamePattern, 'must be lower-case words joined by hyphens'), title: Text, kind: Kind, ...words }), status: 201, answer: TemplateDetail, problems: [409],
  }),
  saveTemplateDraft: contract({
    id: 'saveTemplateDraft', method: 'post', path: '/templates/{id}/draft', tag: 'Templates', summary: 'Write the draft, or drop it', description: 'A draft may be wrong; publishing it is refused then.', access: creditManagers, params: idParams,
    body: z.strictObject({ title: Text.optional(), draft: z.strictObject(words).nullable(), rowVersion: z.int().describe('Of the template as it was read') }), status: 200, answer: TemplateDetail, problems: [404, 409],
  }),
  publishTemplate: contract({
    id: 'publishTemplate', method: 'post', path: '/templates/{id}/publish', tag: 'Templates', summary: 'Publish the draft as the next version', description: 'A published version never changes. Messages that are handed over from now on are written with it.', access: creditManagers, params: idParams,
    body: z.strictObject({ note: z.string().trim().max(500).nullable().default(null), rowVersion: z.int() }), status: 200, answer: TemplateDetail, problems: [404, 409, 422],
  }),
  previewTemplate: contract({
    id: 'previewTemplate', method: 'post', path: '/templates/preview', tag: 'Templates', summary: 'Check words that are being written, and show them on a real customer', access: creditManagers, body: z.strictObject(looked), status: 200,
    answer: z.object({ problems: z.array(TemplateProblem), subject: z.string().nullable(), html: z.string().nullable().describe('To be shown in a sandboxed frame'), text: z.string().nullable(), failure: z.string().nullable().describe('Why it cannot be shown') }).meta({ id: 'TemplatePreview' }), problems: [404],
  }),
  sendTemplateTest: contract({
    id: 'sendTemplateTest', method: 'post', path: '/templates/{id}/test', tag: 'Templates', summary: 'Send the words to oneself, marked as a test', access: creditManagers, params: idParams,
    body: z.strictObject({ defaultLanguage: Language, texts: words.texts, language: Language, customerId: Id.optional() }), status: 200,
    answer: z.object({ to: z.string(), subject: z.string(), provider: z.string(), state: z.enum(['sent', 'failed', 'unknown']), reason: z.string().nullable() }).meta({ id: 'TemplateTest' }), problems: [404, 422],
  }),
};
