import { z } from 'zod';
import { contract, creditManagers, readers, type Access } from './contract';
import { Flag, Id, Instant, Minor, QueryId, Text, idParams, page, pageQuery } from './values';

const subject = { customerId: Id.nullable(), customerName: z.string().nullable(), invoiceId: Id.nullable(), invoiceNumber: z.string().nullable() };
export const HoldKind = z.enum(['credit', 'pause-work', 'lock-out']).meta({ id: 'HoldKind' });
export const Hold = z.object({
  id: Id, kind: HoldKind, customerId: Id, customerName: z.string(), invoiceId: Id.nullable(), invoiceNumber: z.string().nullable(), step: z.string().nullable(), reason: z.string().nullable(), placedAt: Instant, placedBy: z.string(),
  releasedAt: Instant.nullable(), releasedBy: z.string().nullable(), releaseReason: z.string().nullable(),
}).meta({ id: 'Hold' });
export const Handoff = z.object({ id: Id, customerId: Id, customerName: z.string(), invoiceId: Id, invoiceNumber: z.string(), agency: z.string().nullable(), openMinor: Minor, currency: z.string(), at: Instant }).meta({ id: 'Handoff' });
export const Notification = z.object({ id: Id, audience: z.string(), title: z.string(), ...subject, at: Instant, readAt: Instant.nullable().describe('When the person who asks read it; for an API key, when somebody first did'), mine: z.boolean().describe('It reached the person who asks') }).meta({ id: 'Notification' });

/** Reading is each person's own: no key reads for anybody. */
const people: Access = { kind: 'signed-in', session: true };

export const workContracts = {
  listHolds: contract({ id: 'listHolds', method: 'get', path: '/holds', tag: 'Holds', summary: 'Holds, newest first', access: readers, query: z.object({ active: Flag.optional(), customerId: QueryId.optional(), kind: HoldKind.optional(), ...pageQuery }), status: 200, answer: page('HoldPage', Hold) }),
  placeHold: contract({ id: 'placeHold', method: 'post', path: '/holds', tag: 'Holds', summary: 'Put a customer on hold by hand', access: creditManagers, body: z.strictObject({ customerId: Id, kind: HoldKind, reason: Text }), status: 201, answer: Hold, problems: [404] }),
  releaseHold: contract({ id: 'releaseHold', method: 'post', path: '/holds/{id}/release', tag: 'Holds', summary: 'Release a hold', access: creditManagers, params: idParams, body: z.strictObject({ reason: Text }), status: 200, answer: Hold, problems: [404, 409] }),

  listHandoffs: contract({ id: 'listHandoffs', method: 'get', path: '/handoffs', tag: 'Hand-offs', summary: 'Invoices handed to an agency, newest first', access: readers, query: z.object({ customerId: QueryId.optional(), ...pageQuery }), status: 200, answer: page('HandoffPage', Handoff) }),
  listNotifications: contract({ id: 'listNotifications', method: 'get', path: '/notifications', tag: 'Notifications', summary: 'Notifications, newest first', description: 'Those to groups, and those to the person who asks.', access: readers, query: z.object({ audience: z.string().max(100).optional(), mine: Flag.optional().describe('Only those that reached the person who asks'), unread: Flag.optional().describe('Only those of them that they have not read; for an API key, those that nobody has'), ...pageQuery }), status: 200, answer: page('NotificationPage', Notification) }),
  readNotification: contract({ id: 'readNotification', method: 'post', path: '/notifications/{id}/read', tag: 'Notifications', summary: 'Mark one as read, for oneself', access: people, params: idParams, status: 200, answer: Notification, problems: [404] }),
  readNotifications: contract({ id: 'readNotifications', method: 'post', path: '/notifications/read', tag: 'Notifications', summary: 'Mark those that were shown as read, for oneself', description: 'Others than those that are named stay unread, whenever they came, and so do those that did not reach the person who asks.', access: people, body: z.strictObject({ ids: z.array(Id).min(1).max(200) }), status: 200, answer: z.object({ read: z.int() }).meta({ id: 'ReadNotifications' }) }),
};
