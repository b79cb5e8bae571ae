import { SettleError } from '../../db/mail/settleUnknown';
import { settleUnknownNotice } from '../../db/notices/settleUnknownNotice';
import { findNoticeMail, listNoticeMails } from '../../db/readmodels/notices';
import type { noticeContracts } from '../contracts/notices';
import type { Handlers } from '../http/call';
import { conflict, notFound } from '../http/problem';
import { paged } from './paging';

export const noticeHandlers: Handlers<typeof noticeContracts> = {
  listNoticeMails: async ({ db, query }) => paged(query, '-at', 2, (page) => listNoticeMails(db, query, page)),
  getNoticeMail: async ({ db, params }) => {
    const mail = await findNoticeMail(db, params.id);
    if (!mail) throw notFound('email', params.id);
    return mail;
  },
  settleNoticeMail: async ({ trx, params, body, actor }) => {
    try {
      const again = await settleUnknownNotice(trx, actor, params.id, { sent: body.finding === 'sent', reason: body.reason });
      const mail = again === undefined ? null : await findNoticeMail(trx, params.id);
      if (!mail || again === undefined) throw notFound('email', params.id);
      return { mail, again };
    } catch (error) {
      if (error instanceof SettleError) throw conflict(error.message);
      throw error;
    }
  },
};
