import { z } from 'zod';
import { admins, contract } from './contract';
import { Id, Instant, QueryId, Text, Uuid, page, pageQuery, uuidParams } from './values';

export const NoticeMailState = z.enum(['queued', 'sending', 'sent', 'unknown', 'delivered', 'bounced', 'complained', 'failed']).meta({ id: 'NoticeMailState' });
const fields = {
  id: Uuid, userId: Id, userName: z.string(), toAddress: z.string(), subject: z.string(), notices: z.int().describe('How many are in it'), state: NoticeMailState, stateReason: z.string().nullable(),
  provider: z.string(), attempts: z.int(), at: Instant.describe('On the deployment\'s clock'),
};
export const NoticeMailListItem = z.object(fields).meta({ id: 'NoticeMailListItem' });
export const NoticeMail = z.object({
  ...fields, bodyText: z.string(), providerId: z.string().nullable(), lastAttemptAt: Instant.nullable(),
  about: z.array(z.object({ kind: z.enum(['mention', 'group', 'task-assigned', 'task-overdue', 'address-bounced', 'approval-waiting']), title: z.string(), customerId: Id.nullable(), customerName: z.string().nullable(), taskId: Id.nullable() })),
}).meta({ id: 'NoticeMail' });

const notices = { tag: 'Notices', access: admins } as const;
export const noticeContracts = {
  listNoticeMails: contract({
    ...notices, id: 'listNoticeMails', method: 'get', path: '/notice-mails', summary: 'Emails to the people who work here, newest first', description: 'What left for whom of mentions, what groups are told, tasks, bounced addresses and approvals, for those who want it by email.',
    query: z.object({ state: z.array(NoticeMailState).optional(), userId: QueryId.optional(), search: z.string().max(200).optional().describe('Part of the subject, the address, or what it is about'), ...pageQuery }), status: 200, answer: page('NoticeMailPage', NoticeMailListItem),
  }),
  getNoticeMail: contract({ ...notices, id: 'getNoticeMail', method: 'get', path: '/notice-mails/{id}', summary: 'One email to somebody who works here, with what it says', params: uuidParams, status: 200, answer: NoticeMail, problems: [404] }),
  settleNoticeMail: contract({
    ...notices, id: 'settleNoticeMail', method: 'post', path: '/notice-mails/{id}/settle', summary: 'Say whether an email to somebody who works here was sent', params: uuidParams,
    description: 'For those in state unknown, once a person has looked it up. After `not-sent` what was in it waits for the next mail to the same person, unless it is over by then.',
    body: z.strictObject({ finding: z.enum(['sent', 'not-sent']), reason: Text }), status: 200, answer: z.object({ mail: NoticeMail, again: z.int().describe('How many notices wait again') }).meta({ id: 'SettledNoticeMail' }), problems: [404, 409],
  }),
};
