import { z } from 'zod';
import { admins, contract, creditManagers, readers } from './contract';
import { Flag, Id, Instant, LocalDate, QueryId, Search, Text, Uuid, idParams, page, pageQuery, uuidParams } from './values';

export const MessageState = z.enum(['queued', 'sending', 'sent', 'unknown', 'delivered', 'bounced', 'complained', 'failed', 'cancelled']).meta({ id: 'MessageState' });
const fields = {
  id: Uuid, customerId: Id, customerName: z.string(), invoiceId: Id.nullable(), invoiceNumber: z.string().nullable(), template: z.string(), language: z.string(), fromAddress: z.string().nullable(), toAddresses: z.array(z.string()),
  subject: z.string().nullable(), state: MessageState, stateReason: z.string().nullable(), provider: z.string().nullable(), queuedAt: Instant, sentAt: Instant.nullable(), openedAt: Instant.nullable(), clickedAt: Instant.nullable(),
};
export const MessageListItem = z.object(fields).meta({ id: 'MessageListItem' });
export const Message = z.object({
  ...fields, idempotencyKey: z.string(), bodyText: z.string().nullable(), hasHtml: z.boolean(), attempts: z.int(), providerId: z.string().nullable(), contactOn: LocalDate.nullable(), ledgerVersion: z.int(),
  attachments: z.array(z.object({ index: z.int(), filename: z.string(), contentType: z.string(), bytes: z.int() })),
  invoices: z.array(z.object({ invoiceId: Id, number: z.string(), step: z.string() })),
  events: z.array(z.object({ type: z.string(), at: Instant })),
}).meta({ id: 'Message' });
export const SuppressedAddress = z.object({ email: z.string(), reason: z.enum(['bounced', 'complained', 'by-hand']), messageId: z.string().nullable(), at: Instant }).meta({ id: 'SuppressedAddress' });

const one = { tag: 'Messages', method: 'get', access: readers, params: uuidParams, status: 200, problems: [404] } as const;
export const messageContracts = {
  listMessages: contract({
    id: 'listMessages', method: 'get', path: '/messages', tag: 'Messages', summary: 'Messages, newest first', access: readers,
    query: z.object({ state: z.array(MessageState).optional(), customerId: QueryId.optional(), invoiceId: QueryId.optional(), template: z.string().max(100).optional(), search: z.string().max(200).optional().describe('Part of the subject or an address'), ...pageQuery }),
    status: 200, answer: page('MessagePage', MessageListItem),
  }),
  getMessage: contract({ ...one, id: 'getMessage', path: '/messages/{id}', summary: 'One message, with what the provider said of it', answer: Message }),
  settleMessage: contract({
    id: 'settleMessage', method: 'post', path: '/messages/{id}/settle', tag: 'Messages', summary: 'Say whether a message of which it is unknown was sent', access: creditManagers, params: uuidParams,
    description: 'For messages in state unknown, once a person has looked it up. `not-sent` queues the same afresh under a key of its own: if it was sent after all, the customer gets it twice.',
    body: z.strictObject({ finding: z.enum(['sent', 'not-sent']), reason: Text }), status: 200, answer: z.object({ message: Message, againId: Uuid.nullable().describe('The message that was queued afresh') }).meta({ id: 'SettledMessage' }), problems: [404, 409],
  }),
  getMessageHtml: contract({ ...one, id: 'getMessageHtml', path: '/messages/{id}/html', summary: 'The message as it was sent, to be shown in a sandboxed frame', contentType: 'text/html' }),
  getMessageAttachment: contract({ ...one, id: 'getMessageAttachment', path: '/messages/{id}/attachments/{index}', summary: 'An attachment', params: z.object({ id: Uuid, index: z.coerce.number().int().min(0).max(100) }), contentType: 'application/octet-stream' }),
  listSuppressedAddresses: contract({ id: 'listSuppressedAddresses', method: 'get', path: '/suppressed-addresses', tag: 'Messages', summary: 'Addresses that no email is sent to', access: readers, query: z.object({ search: Search.optional().describe('In the address'), ...pageQuery }), status: 200, answer: page('SuppressedAddressPage', SuppressedAddress) }),
  suppressAddress: contract({ id: 'suppressAddress', method: 'post', path: '/suppressed-addresses', tag: 'Messages', summary: 'Send nothing to an address', access: creditManagers, body: z.strictObject({ email: z.email().max(320) }), status: 201, answer: SuppressedAddress }),
  releaseAddress: contract({ id: 'releaseAddress', method: 'delete', path: '/suppressed-addresses/{email}', tag: 'Messages', summary: 'Send to an address again', access: creditManagers, params: z.object({ email: z.string().min(3).max(320) }), status: 204, problems: [404] }),
};

export const WebhookEvent = z.enum(['hold.placed', 'hold.released', 'handoff.recorded', 'automation.fired']).meta({ id: 'WebhookEvent' });
export const WebhookEndpoint = z.object({ id: Id, url: z.string(), events: z.array(z.string()), active: z.boolean(), createdAt: Instant, waiting: z.int(), failed: z.int() }).meta({ id: 'WebhookEndpoint' });
const DeliveryState = z.enum(['waiting', 'delivered', 'failed', 'superseded']);
const WebhookDelivery = z.object({ id: Uuid, event: z.string(), eventKey: z.string(), state: DeliveryState, attempts: z.int(), nextAttemptAt: Instant, lastError: z.string().nullable() }).meta({ id: 'WebhookDelivery' });
const Url = z.url({ protocol: /^https?$/ }).max(2000);
const hooks = { tag: 'Webhooks', access: admins } as const;
export const webhookContracts = {
  receiveResendEvent: contract({
    id: 'receiveResendEvent', method: 'post', path: '/webhooks/resend', tag: 'Webhooks', summary: 'Events from Resend, signed by Svix', access: { kind: 'public' }, upload: 'raw-json', status: 200,
    answer: z.object({ result: z.enum(['accepted', 'duplicate', 'ignored']) }).meta({ id: 'WebhookReceipt' }), problems: [401],
  }),
  listWebhookEndpoints: contract({ ...hooks, id: 'listWebhookEndpoints', method: 'get', path: '/webhook-endpoints', summary: 'Where events are sent', query: z.object({ search: Search.optional().describe('In the address'), active: Flag.optional().describe('Whether it is switched on'), ...pageQuery }), status: 200, answer: page('WebhookEndpoints', WebhookEndpoint) }),
  createWebhookEndpoint: contract({
    ...hooks, id: 'createWebhookEndpoint', method: 'post', path: '/webhook-endpoints', summary: 'Add an endpoint; its signing secret is in this answer only',
    body: z.strictObject({ url: Url, events: z.array(WebhookEvent).min(1) }), status: 201, answer: z.object({ endpoint: WebhookEndpoint, secret: z.string() }).meta({ id: 'NewWebhookEndpoint' }),
  }),
  updateWebhookEndpoint: contract({
    ...hooks, id: 'updateWebhookEndpoint', method: 'post', path: '/webhook-endpoints/{id}', summary: 'Change events, or switch it on or off', params: idParams,
    body: z.strictObject({ events: z.array(WebhookEvent).min(1).optional(), active: z.boolean().optional() }), status: 200, answer: WebhookEndpoint, problems: [404],
  }),
  listWebhookDeliveries: contract({ ...hooks, id: 'listWebhookDeliveries', method: 'get', path: '/webhook-endpoints/{id}/deliveries', summary: 'What was sent there', params: idParams, query: z.object({ state: DeliveryState.optional(), ...pageQuery }), status: 200, answer: page('WebhookDeliveryPage', WebhookDelivery), problems: [404] }),
};
