import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnvironment, type Environment } from '../../../config/environment';
import { temporalConnectionOptions } from '../../../config/temporalConnection';

const read = (variables: Record<string, string>): Environment['temporal'] => readEnvironment({ DATABASE_URL: 'postgres://dunwell:a-long-one@127.0.0.1:5432/dunwell', ...variables }).temporal;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-tls-'));
  for (const name of ['ca', 'crt', 'key']) writeFileSync(path.join(folder, name), name);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a local server: an address and nothing else', () => {
  expect(temporalConnectionOptions(read({}))).toEqual({ address: '127.0.0.1:7233' });
  expect(temporalConnectionOptions(read({ TEMPORAL_TLS: 'false', TEMPORAL_ADDRESS: 'temporal:7233' }))).toEqual({ address: 'temporal:7233' });
});

test('Temporal Cloud: the key travels, over TLS, and the namespace is kept for the client', () => {
  const temporal = read({ TEMPORAL_ADDRESS: 'europe.api.temporal.io:7233', TEMPORAL_API_KEY: 'secret', TEMPORAL_NAMESPACE: 'dunwell.a1b2c' });
  expect(temporal.namespace).toBe('dunwell.a1b2c');
  expect(temporalConnectionOptions(temporal)).toEqual({ address: 'europe.api.temporal.io:7233', apiKey: 'secret', tls: {} });
});

test('an own cluster: TLS alone, and mutual TLS with its files and name', () => {
  expect(temporalConnectionOptions(read({ TEMPORAL_TLS: 'true' }))).toEqual({ address: '127.0.0.1:7233', tls: {} });
  const files = { TEMPORAL_TLS_CA: path.join(folder, 'ca'), TEMPORAL_TLS_CERT: path.join(folder, 'crt'), TEMPORAL_TLS_KEY: path.join(folder, 'key'), TEMPORAL_TLS_SERVER_NAME: 'temporal.internal' };
  expect(temporalConnectionOptions(read(files))).toEqual({
    address: '127.0.0.1:7233',
    tls: { serverRootCACertificate: Buffer.from('ca'), serverNameOverride: 'temporal.internal', clientCertPair: { crt: Buffer.from('crt'), key: Buffer.from('key') } },
  });
});

test('a key or a certificate without TLS is refused rather than left out', () => {
  expect(() => read({ TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: 'secret' })).toThrow('TEMPORAL_API_KEY needs TLS, which TEMPORAL_TLS=false turns off: leave TEMPORAL_TLS out, or it');
  expect(() => read({ TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: 'secret', TEMPORAL_TLS_CA: '/ca.pem' })).toThrow('TEMPORAL_API_KEY, TEMPORAL_TLS_CA need TLS');
  expect(() => temporalConnectionOptions({ address: 'a:1', apiKey: 'secret', tls: false })).toThrow('TEMPORAL_API_KEY needs TLS');
});
