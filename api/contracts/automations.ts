import { z } from 'zod';
import { automationDocument } from '../../domain/automation/schema';
import { contract, creditManagers, readers } from './contract';
import { approvers } from '../../domain/policy/schema';
import { ApprovalState } from './approvals';
import { EventKindName as kinds, Id, Instant, QueryId, RowVersion, idParams, page, pageQuery } from './values';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const AutomationDocument = automationDocument.meta({ id: 'AutomationDocument' });
export const Automation = z.object({
  id: Id, key: z.string(), active: z.boolean(), version: z.int().describe('The newest'), document: AutomationDocument, description: z.string().describe('When it fires, in words'),
  editedBy: z.string(), editedAt: Instant, fired: z.int(), waiting: z.int(), lastFiredAt: Instant.nullable(), rowVersion: RowVersion,
}).meta({ id: 'Automation' });
export const FiringState = z.enum(['waiting', 'fired', 'not-met', 'bounded', 'suppressed', 'failed']).meta({ id: 'FiringState' });
export const Firing = z.object({
  id: Id, version: z.int(), event: kinds, eventAt: Instant, depth: z.int(), state: FiringState, decidedAt: Instant.nullable(), notBefore: Instant.nullable().describe('It waits, for the send window or between contacts'), reason: z.string().nullable(),
  inputs: z.record(z.string(), value).describe('What the condition saw'), actions: z.array(z.object({ kind: z.string(), outcome: z.enum(['done', 'withheld']), detail: z.string() })),
  approval: ApprovalState.nullable().describe('What became of the approval that it asked for; null: none'),
  customerId: Id, customerName: z.string(), invoiceId: Id.nullable(), invoiceNumber: z.string().nullable(),
}).meta({ id: 'AutomationFiring' });
export const AutomationDryRun = z.object({
  from: Instant, to: Instant, events: z.int(), isCut: z.boolean().describe('More happened than were looked at'), fired: z.int(), asked: z.int().describe('Of those that fire: how often it would ask for approval first'), notMet: z.int(), bounded: z.int(), customers: z.int(),
  firings: z.array(z.object({ at: Instant, customerId: Id, customerName: z.string(), invoiceId: Id.nullable(), invoiceNumber: z.string().nullable(), reason: z.string(), asks: z.enum(approvers).nullable().describe('Who would be asked to agree first; null: nobody') })).describe('The newest 200'),
}).meta({ id: 'AutomationDryRun' });

const automations = { tag: 'Automations', access: creditManagers };
export const automationContracts = {
  listAutomations: contract({ ...automations, id: 'listAutomations', method: 'get', path: '/automations', summary: 'Automations, newest first', access: readers, query: z.object({ search: z.string().trim().min(1).max(200).optional().describe('In the title or the short name'), state: z.enum(['on', 'off']).optional(), event: kinds.optional(), ...pageQuery }), status: 200, answer: page('AutomationPage', Automation) }),
  createAutomation: contract({
    ...automations, id: 'createAutomation', method: 'post', path: '/automations', summary: 'Create an automation, switched off',
    body: z.strictObject({ key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/), document: AutomationDocument }), status: 201, answer: Automation, etag: true, problems: [409, 422],
  }),
  getAutomation: contract({ ...automations, id: 'getAutomation', method: 'get', path: '/automations/{id}', summary: 'One automation in its newest version', access: readers, params: idParams, status: 200, answer: Automation, etag: true, problems: [404] }),
  editAutomation: contract({
    ...automations, id: 'editAutomation', method: 'post', path: '/automations/{id}/versions', summary: 'Save an edit as the next version', description: 'Where the automation is on, the new version takes over; what waits to fire fires in the version that heard of it.',
    params: idParams, body: z.strictObject({ document: AutomationDocument, rowVersion: RowVersion.describe('As it was looked at') }), status: 201, answer: Automation, etag: true, problems: [404, 409, 422],
  }),
  switchAutomation: contract({ ...automations, id: 'switchAutomation', method: 'post', path: '/automations/{id}/switch', summary: 'Switch an automation on or off', description: 'Switched off, it stops what waits to fire as well: those firings end as suppressed.', params: idParams, body: z.strictObject({ on: z.boolean() }), status: 200, answer: Automation, etag: true, problems: [404, 422] }),
  dryRunAutomation: contract({
    ...automations, id: 'dryRunAutomation', method: 'post', path: '/automations/dry-run', summary: 'How often it would have fired in the last 90 days, and for whom', description: 'Writes nothing. Balances are as they were at each event; other fields as they are now.', access: readers,
    body: z.strictObject({ document: AutomationDocument }), status: 200, answer: AutomationDryRun, problems: [422],
  }),
  listFirings: contract({
    ...automations, id: 'listFirings', method: 'get', path: '/automations/{id}/firings', summary: 'What an automation has heard of and done, newest first', access: readers, params: idParams,
    query: z.object({ state: z.array(FiringState).optional(), customerId: QueryId.optional(), ...pageQuery }), status: 200, answer: page('AutomationFiringPage', Firing), problems: [404],
  }),
};
