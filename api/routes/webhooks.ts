import { addEndpoint, changeEndpoint, findEndpoint, listDeliveries, listEndpoints } from '../../db/webhooks/endpoints';
import type { webhookContracts } from '../contracts/messages';
import type { Handlers } from '../http/call';
import { notFound, ProblemError } from '../http/problem';
import { receiveResendEvent } from '../webhooks/receiveResendEvent';
import { paged } from './paging';

export const webhookHandlers: Handlers<typeof webhookContracts> = {
  receiveResendEvent: {
    outside: true,
    handle: async ({ request, body, deps }) => {
      const secret = deps.settings.resendWebhookSecret;
      if (secret === null) throw new ProblemError(401, 'signature', 'RESEND_WEBHOOK_SECRET is not set here, so nothing that comes can be believed.');
      const received = await receiveResendEvent(deps.knex, { headers: request.headers, rawBody: Buffer.isBuffer(body) ? body : '', secret });
      if (received.status === 401) throw new ProblemError(401, 'signature', received.reason);
      return { result: received.result };
    },
  },
  listWebhookEndpoints: ({ db, query }) => paged(query, 'id', 1, (page) => listEndpoints(db, query, page)),
  createWebhookEndpoint: { secret: true, handle: async ({ trx, body, actor }) => addEndpoint(trx, actor, body) },
  updateWebhookEndpoint: async ({ trx, params, body, actor }) => {
    const endpoint = await changeEndpoint(trx, actor, params.id, body);
    if (!endpoint) throw notFound('webhook endpoint', params.id);
    return endpoint;
  },
  listWebhookDeliveries: async ({ db, params, query }) => {
    if (!(await findEndpoint(db, params.id))) throw notFound('webhook endpoint', params.id);
    return paged(query, '-createdAt', 2, (page) => listDeliveries(db, params.id, query.state, page));
  },
};
