import { roles, scopes, type Role } from '../../../domain/access/roles';
import { contracts } from '../../../api/contracts';
import { routeList } from '../../../api/contracts/all';
import type { Contract } from '../../../api/contracts/contract';
import { addTestUser, callerWith, sessionHeaders, startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ now: '2026-03-02T09:00:00Z' });
});
afterAll(() => api.stop());

const ids = routeList.map(({ id }) => id);
const contractOf = (id: string): Contract => routeList.find((each) => each.id === id)!;

/** Ids that nothing has: a call that is let through finds nothing, and changes nothing. */
const values: Readonly<Record<string, string>> = { id: '999999999', index: '0', email: 'nobody@example.com', kind: 'customers', name: 'nothing', token: 'none', entity: 'customer', code: 'none' };
const uuid = '00000000-0000-4000-8000-000000000000';

function pathOf({ path }: Contract): string {
  return path.replace(/\{(\w+)\}/g, (_match, name: string) => (/^\/(messages|notice-mails)\//.test(path) && name === 'id' ? uuid : (values[name] ?? name)));
}

async function call(caller: Caller, contract: Contract): Promise<string> {
  const response = await caller[contract.method](pathOf(contract), contract.method === 'get' ? undefined : {});
  return response.status < 400 ? 'let through' : String((response.body as { type?: string }).type ?? response.status).replace(/.*#/, '');
}

/** What a session's caller is told; a fresh one each time, since signing out ends it. */
async function asRole(role: Role, contract: Contract): Promise<string> {
  const headers = await sessionHeaders(api.knex, userIds[role]);
  return call(callerWith(api.app, headers), contract);
}
const userIds = {} as Record<Role, number>;
beforeAll(async () => {
  for (const [position, role] of roles.entries()) userIds[role] = await addTestUser(api.knex, role, position + 100);
});

describe('every route, with every role', () => {
  test.each(ids)('%s', async (id) => {
    const contract = contractOf(id);
    const { access } = contract;
    const told = Object.fromEntries(await Promise.all(roles.map(async (role) => [role, (await asRole(role, contract)) === 'not-allowed' ? 'refused' : 'let in'] as const)));
    expect(told).toEqual(Object.fromEntries(roles.map((role) => [role, access.kind !== 'roles' || access.roles.includes(role) ? 'let in' : 'refused'])));
    const unknown = await call(api.nobody, contract);
    if (access.kind === 'public') expect(unknown).not.toBe('not-signed-in');
    else expect(unknown).toBe('not-signed-in');
  });
});

describe('every route, with an API key of every scope', () => {
  const keys = {} as Record<string, Caller>;
  beforeAll(async () => {
    for (const scope of scopes) keys[scope] = await api.withKey([scope]);
  });
  test.each(ids)('%s', async (id) => {
    const contract = contractOf(id);
    const { access } = contract;
    for (const scope of scopes) {
      const told = (await call(keys[scope]!, contract)) === 'not-allowed' ? 'refused' : 'let in';
      const fits = access.kind === 'roles' ? scope === 'admin' || access.scope === scope : access.kind === 'public' || !access.session;
      expect([scope, told]).toEqual([scope, fits ? 'let in' : 'refused']);
    }
  });
});

describe('what each role may change', () => {
  /** Questions that need a body to be asked. */
  const asking = new Set(['dryRunAutomation']);
  const changes = (role: Role): string[] => ids.filter((id) => {
    const { method, access } = contractOf(id);
    return method !== 'get' && !asking.has(id) && access.kind === 'roles' && access.roles.includes(role);
  }).sort();

  test('a viewer changes nothing', () => expect(changes('viewer')).toEqual([]));
  test('sales works on tasks and writes notes', () => expect(changes('sales')).toEqual(['addNote', 'claimTask', 'completeTask', 'createTask', 'releaseTask']));
  test('a collector steers collection besides', () => {
    expect(changes('collector')).toEqual([
      'addDisputeFile', 'addDisputeNote', 'addNote', 'assignDispute', 'claimTask', 'completeTask', 'createTask', 'decideReply', 'openDispute', 'pauseCollection', 'pauseCustomer', 'reassignTask',
      'recordPromise', 'releaseTask', 'requestWriteOff', 'resumeCollection', 'resumeCustomer', 'sendCustomerStepsNow', 'sendNow', 'sendStatement', 'setDisputeDeadline', 'skipCustomerSteps', 'skipStep', 'stopCollection', 'stopCustomer', 'withdrawPromise',
    ]);
  });
  test('a credit manager changes all but users, keys, webhooks and the clock', () => {
    const all = changes('admin');
    expect(all.filter((id) => !changes('credit-manager').includes(id))).toEqual([
      'advanceClock', 'createApiKey', 'createUser', 'createWebhookEndpoint', 'pauseClock', 'playClock', 'resetUserPassword', 'revokeApiKey', 'settleNoticeMail', 'updateUser', 'updateWebhookEndpoint',
    ]);
  });
  test('only admins and credit managers read the audit trail, and only admins the users', () => {
    expect(contracts.listAudit.access).toMatchObject({ roles: ['admin', 'credit-manager'] });
    expect(contracts.listUsers.access).toMatchObject({ roles: ['admin'] });
  });
});
