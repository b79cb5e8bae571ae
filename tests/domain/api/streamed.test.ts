import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import { send } from '../../../api/http/answer';
import { Streamed } from '../../../api/http/call';

type Pour = Streamed['pour'];

/** A server that answers with what is poured, and tells how the answer ended. */
async function serving(before: (response: Response) => Promise<unknown>, pour: Pour): Promise<{ url: string; ended: Promise<string>; server: Server }> {
  let end: (how: string) => void;
  const ended = new Promise<string>((resolve) => { end = resolve; });
  const server = createServer((_request, bare) => {
    const response = Object.assign(bare, { status: () => bare }) as unknown as Response;
    before(response).then(() => send(response, new Streamed('text/csv', {}, pour))).then(() => end('ended'), (error: unknown) => end(String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ended, server };
}

test('who goes before the first line is written costs nothing more', async () => {
  let poured = 0;
  let arrived!: () => void;
  const here = new Promise<void>((resolve) => { arrived = resolve; });
  const { url, ended, server } = await serving((response) => { arrived(); return once(response, 'close'); }, async () => { poured += 1; });
  const request = get(url).on('error', () => undefined);
  await here;
  request.destroy();
  expect([await ended, poured]).toEqual(['ended', 0]);
  server.close();
});

test('who goes in the middle ends the reading at the next page, quietly', async () => {
  let pages = 0;
  const { url, ended, server } = await serving(() => Promise.resolve(), async (write) => {
    for (;;) {
      pages += 1;
      await write('x'.repeat(1_000_000));
    }
  });
  const request = get(url, (answer) => answer.once('data', () => request.destroy())).on('error', () => undefined);
  expect(await ended).toBe('ended');
  const counted = pages;
  await new Promise((resolve) => setImmediate(resolve));
  expect(pages).toBe(counted);
  server.close();
});
