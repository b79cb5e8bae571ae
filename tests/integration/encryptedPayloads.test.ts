import { systemActor } from '../../db/audit/actor';
import { readClock } from '../../db/clock/clock';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { codecOf, dataConverterOf, readPayloadKeys } from '../../config/payloadCodec';
import { invoiceWorkflowId } from '../../workflows/contracts/ids';
import { decisionsOf, startDeployment, type Deployment } from '../collection/deployment';

jest.setTimeout(240_000);

const keys = readPayloadKeys(`one:${Buffer.alloc(32, 7).toString('base64')}`);
let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ startsAt: '2026-03-02T06:00:00Z', dataConverter: dataConverterOf(keys) });
  const context = { actor: systemActor, at: new Date((await readClock(deployment.knex)).now) };
  await upsertCustomers(deployment.knex, context, [{ externalId: 'C-1', name: 'Harbour Supplies', timeZone: 'Europe/Berlin', country: 'DE', contacts: [{ role: 'billing', email: 'billing@harbour.example' }] }]);
  await upsertInvoices(deployment.knex, context, [{ externalId: 'I-1', customerExternalId: 'C-1', issuedOn: '2026-03-02', dueOn: '2026-03-10', currency: 'USD', totalMinor: 100_000 }]);
  await deployment.settle();
});
afterAll(() => deployment.stop());

interface StoredPayload {
  metadata?: Record<string, Uint8Array>;
  data?: Uint8Array;
}

const notedBySdk = ['seq', 'attempt', 'activity_id', 'activity_type', 'complete_time', 'backoff', 'original_schedule_time'];

/** Every payload in a history but search attributes, which the server must be able to read. */
function payloadsIn(value: unknown, found: StoredPayload[] = []): StoredPayload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return found;
  if ('metadata' in value && 'data' in value) found.push(value as StoredPayload);
  else for (const [name, part] of Object.entries(value)) if (name !== 'searchAttributes' && name !== 'upsertWorkflowSearchAttributesEventAttributes') payloadsIn(part, found);
  return found;
}

test('an invoice is collected while the server keeps ciphertext alone', async () => {
  await deployment.advanceTo('2026-03-20T12:00:00Z');
  const sent = (await decisionsOf(deployment.knex, 'I-1')).filter(({ action, outcome }) => action === 'email' && outcome === 'executed').map(({ step }) => step);
  expect(sent).toEqual(['deliver', 'due', 'overdue-7']);

  const handle = deployment.client.workflow.getHandle(invoiceWorkflowId('I-1'));
  const { events } = await handle.fetchHistory();
  const payloads = payloadsIn(events);
  const isEncrypted = ({ metadata }: StoredPayload): boolean => Buffer.from(metadata?.encoding ?? []).toString() === 'binary/encrypted';
  expect(payloads.filter(isEncrypted).length).toBeGreaterThan(3);
  // What is left is the SDK's own note on a local activity: its name and when it ended.
  for (const { data } of payloads.filter((payload) => !isEncrypted(payload))) expect(Object.keys(JSON.parse(Buffer.from(data ?? []).toString()) as object)).toEqual(notedBySdk);
  // It is read again by whoever has the key.
  const [input] = await codecOf(keys)!.decode(events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []);
  expect(Buffer.from(input!.data!).toString()).toContain('I-1');
});
