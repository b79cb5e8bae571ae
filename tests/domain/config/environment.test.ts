import { readEnvironment } from '../../../config/environment';

const databaseUrl = 'postgres://dunwell:a-long-one@127.0.0.1:5432/dunwell';

test('needs nothing but a database', () => {
  expect(readEnvironment({ DATABASE_URL: databaseUrl })).toMatchObject({
    nodeEnv: 'development', temporal: { address: '127.0.0.1:7233', namespace: 'default', tls: false }, port: 4000, mail: { provider: { kind: 'outbox' } },
  });
});

test('names every variable that is wrong, and what is allowed', () => {
  expect(() => readEnvironment({ DATABASE_URL: 'mysql://x', DUNWELL_PORT: 'many', TEMPORAL_ADDRESS: 'http://x', DUNWELL_MAIL_PROVIDER: 'pigeon' })).toThrow(
    expect.objectContaining({
      message: [
        'DATABASE_URL must be a url starting with postgres:// or postgresql://',
        'TEMPORAL_ADDRESS must be HOST:PORT, e.g. 127.0.0.1:7233',
        'DUNWELL_PORT must be a port number, 0 to 65535',
        'DUNWELL_MAIL_PROVIDER must be outbox, resend or smtp',
      ].join('\n'),
    }),
  );
});

test('counts an empty variable as absent', () => {
  expect(() => readEnvironment({ DATABASE_URL: '' })).toThrow('DATABASE_URL is missing');
  expect(readEnvironment({ DATABASE_URL: databaseUrl, TEMPORAL_API_KEY: '' }).temporal.tls).toBe(false);
});

test('turns TLS on where a key or certificate has to travel', () => {
  expect(readEnvironment({ DATABASE_URL: databaseUrl, TEMPORAL_API_KEY: 'key' }).temporal).toMatchObject({ apiKey: 'key', tls: {} });
  expect(() => readEnvironment({ DATABASE_URL: databaseUrl, TEMPORAL_TLS_CERT: '/nowhere.pem' })).toThrow('TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY belong together');
});

test('asks for what a mail provider needs', () => {
  expect(() => readEnvironment({ DATABASE_URL: databaseUrl, DUNWELL_MAIL_PROVIDER: 'resend' })).toThrow('RESEND_API_KEY is missing');
  expect(() => readEnvironment({ DATABASE_URL: databaseUrl, DUNWELL_MAIL_PROVIDER: 'smtp' })).toThrow('SMTP_URL is missing');
});

test('production refuses default secrets and an unspoken choice of mail', () => {
  expect(() => readEnvironment({ NODE_ENV: 'production', DATABASE_URL: 'postgres://postgres:postgres@db/dunwell' })).toThrow(/DATABASE_URL has no password or one from an example[^]*DUNWELL_MAIL_PROVIDER is missing/);
  expect(readEnvironment({ NODE_ENV: 'production', DATABASE_URL: databaseUrl, DUNWELL_MAIL_PROVIDER: 'outbox' }).nodeEnv).toBe('production');
});
