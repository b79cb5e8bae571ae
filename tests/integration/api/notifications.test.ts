import { down, up } from '../../../db/migrations/0410_notifications_per_person';
import { raiseNotices } from '../../../db/work/raiseNotices';
import { startApi, type Caller, type TestApi } from './startApi';

interface Bell { items: { id: number; title: string; readAt: string | null; mine: boolean }[]; next: string | null }

let api: TestApi;
let [clara, otto, sal, manager, vera]: Caller[] = [];
let customerId: number;
beforeAll(async () => {
  api = await startApi({ now: '2026-03-31T12:00:00Z' });
  [clara, otto, sal, manager, vera] = [await api.as('collector'), await api.as('collector'), await api.as('sales'), await api.as('credit-manager'), await api.as('viewer')];
  await manager.post('/customers/bulk', { records: [{ externalId: 'C', name: 'Customer' }] }).expect(200);
  customerId = ((await manager.get('/customers?externalId=C').expect(200)).body as { items: { id: number }[] }).items[0]!.id;
});
afterAll(() => api.stop());
beforeEach(() => api.knex('notifications').del());

const tell = (title: string, audience: string) => api.knex.transaction((trx) => raiseNotices(trx, [{ key: title, audience, title, customerId, invoiceId: null, at: Date.parse('2026-03-31T09:00:00Z') }]));
const bell = async (caller: Caller | undefined, query = 'unread=true'): Promise<Bell> => (await caller!.get(`/notifications?${query}`).expect(200)).body as Bell;
const titles = async (caller: Caller | undefined, query?: string): Promise<string[]> => (await bell(caller, query)).items.map(({ title }) => title);

test('one person reads what a group is told; the others have it unread still, and a second reading changes nothing', async () => {
  await tell('Pallets', 'collector');
  const { id } = (await bell(clara)).items[0]!;
  const read = (await clara!.post(`/notifications/${id}/read`).expect(200)).body as { readAt: string; mine: boolean };
  expect(read).toMatchObject({ readAt: expect.any(String), mine: true });
  expect((await clara!.post(`/notifications/${id}/read`).expect(200)).body).toMatchObject({ readAt: read.readAt });
  expect([await titles(clara), await titles(otto)]).toEqual([[], ['Pallets']]);
  expect([await titles(clara, 'mine=true'), await titles(clara, 'unread=false'), await titles(otto, 'unread=false')]).toEqual([['Pallets'], ['Pallets'], []]);
});

test('what another group is told is not in the bell, but may be seen, and is not theirs to read', async () => {
  await tell('Discounts', 'sales');
  const [seen] = (await bell(clara, 'limit=10')).items;
  expect([await titles(sal), await titles(clara), await titles(clara, 'mine=true'), seen]).toEqual([['Discounts'], [], [], expect.objectContaining({ title: 'Discounts', mine: false, readAt: null })]);
  await clara!.post(`/notifications/${seen!.id}/read`).expect(404);
  expect(await titles(sal)).toEqual(['Discounts']);
});

test('viewers read theirs too; no key reads for anybody, and sees what nobody has read', async () => {
  await tell('Figures', 'viewer');
  await tell('Terms', 'viewer');
  const key = await api.withKey(['admin']);
  const { items } = await bell(vera);
  await key.post(`/notifications/${items[0]!.id}/read`).expect(403);
  await key.post('/notifications/read', { ids: [items[0]!.id] }).expect(403);
  expect([await titles(key), await titles(key, 'mine=true')]).toEqual([['Terms', 'Figures'], []]);
  await vera!.post(`/notifications/${items[0]!.id}/read`).expect(200);
  expect([await titles(key), await titles(vera)]).toEqual([['Figures'], ['Figures']]);
});

test('what was shown is read at once; what came after it is not, nor what others have', async () => {
  await tell('One', 'collector');
  await tell('Two', 'collector');
  const ids = (await bell(clara)).items.map(({ id }) => id);
  await tell('Three', 'collector');
  await tell('Other', 'sales');
  const { id: foreign } = (await bell(sal)).items[0]!;
  expect((await clara!.post('/notifications/read', { ids: [...ids, foreign, 999_999] }).expect(200)).body).toEqual({ read: 2 });
  expect([await titles(clara), await titles(otto), await titles(sal)]).toEqual([['Three'], ['Three', 'Two', 'One'], ['Other']]);
  for (const body of [{}, { ids: [] }, { newestId: ids[0] }]) await clara!.post('/notifications/read', body).expect(400);
});

test('what had a lower id, but could not be seen yet, is not read with what was shown', async () => {
  const slow = await api.knex.transaction();
  await raiseNotices(slow, [{ key: 'Slow', audience: 'collector', title: 'Slow', customerId, invoiceId: null, at: Date.parse('2026-03-31T09:00:00Z') }]);
  await tell('Quick', 'collector');
  const shown = (await bell(clara)).items;
  expect(shown.map(({ title }) => title)).toEqual(['Quick']);
  await slow.commit();
  await clara!.post('/notifications/read', { ids: shown.map(({ id }) => id) }).expect(200);
  const [left] = (await bell(clara)).items;
  expect(left).toMatchObject({ title: 'Slow' });
  expect(left!.id).toBeLessThan(shown[0]!.id);
});

test('pages of what is unread go on where the last ended', async () => {
  for (const title of ['A', 'B', 'C']) await tell(title, 'collector');
  const first = await bell(clara, 'unread=true&limit=2');
  expect([first.items.map(({ title }) => title), await titles(clara, `unread=true&limit=2&cursor=${first.next}`)]).toEqual([['C', 'B'], ['A']]);
});

test('what was there before is shown to each: unread where nobody had read it, read where somebody had; none of it is sent by email', async () => {
  await down(api.knex);
  const at = '2026-03-30T09:00:00Z';
  const { id: ottoId } = ((await otto!.get('/session').expect(200)).body as { user: { id: number } }).user;
  await api.knex('notifications').insert([
    { key: 'old', title: 'Old', audience: 'collector', at }, { key: 'seen', title: 'Seen', audience: 'collector', at, read_at: at }, { key: 'own', title: 'Own', audience: 'mention', user_id: ottoId, at, is_told: true }, { key: 'untold', title: 'Untold', audience: 'mention', user_id: ottoId, at },
  ]);
  await up(api.knex);
  expect([await titles(clara), await titles(otto), await titles(clara, 'unread=false')]).toEqual([['Old'], ['Untold', 'Own', 'Old'], ['Seen']]);
  expect(await api.knex('notification_readers as r').join('notifications as n', 'n.id', 'r.notification_id').where('r.is_told', false).pluck('n.title')).toEqual(['Untold']);
});
