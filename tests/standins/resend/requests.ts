import { z } from 'zod';

const address = z.string().regex(/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, { error: 'Invalid address. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.' });

/** The part of POST /emails that the product uses; anything else is refused, so that a change of the request does not go unnoticed. */
export const sendEmailBody = z.strictObject({
  from: address,
  to: z.union([address.transform((one) => [one]), z.array(address).min(1).max(50)]),
  reply_to: z.union([z.string(), z.array(z.string())]).optional(),
  headers: z.record(z.string().regex(/^[\x21-\x39\x3b-\x7e]+$/), z.string().regex(/^[^\r\n]*$/)).optional(),
  subject: z.string().min(1).max(998).regex(/^[^\r\n]*$/),
  html: z.string().optional(),
  text: z.string().optional(),
  tags: z.array(z.object({ name: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/), value: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/) })).default([]),
  attachments: z.array(z.object({ filename: z.string().min(1), content: z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/), content_type: z.string().optional() })).default([]),
}).refine(({ html, text }) => html !== undefined || text !== undefined, { error: 'Missing `html` or `text` field.' });
