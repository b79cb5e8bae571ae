import { setTimeout as sleep } from 'node:timers/promises';
import { deliver } from '../../../activities/mail/deliver';
import { connect } from '../../../db/connect';
import { resendMail } from '../../../integrations/mail/resend';
import { dependencies } from './account';

/** A process that delivers whatever waits, until nothing does: made to be killed. `deliverAll.ts DATABASE_URL RESEND_URL`. */
async function main([databaseUrl = '', resendUrl = '']: string[]): Promise<void> {
  const knex = connect(databaseUrl, { poolMax: 4 });
  const deps = dependencies(knex, { provider: resendMail({ apiKey: 're_standin', baseUrl: resendUrl }) });
  process.stdout.write('ready\n');
  for (;;) {
    const waiting: string[] = await knex('messages').whereIn('state', ['queued', 'sending']).orderBy('id').pluck('id');
    if (!waiting.length) break;
    await Promise.all(waiting.slice(0, 4).map(async (id) => {
      const delivery = await deliver(deps, id);
      if (delivery.kind === 'retry') await sleep(20);
    }));
  }
  await knex.destroy();
}

void main(process.argv.slice(2));
