import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { readEnvironment } from '../../../config/environment';

const root = path.join(__dirname, '../../..');
const source = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');

// The part of the Compose specification that the file uses (docs.docker.com/reference/compose-file); a key that is not here is refused.
const duration = z.string().regex(/^(\d+(us|ms|s|m|h))+$/);
const Service = z.strictObject({
  image: z.string().regex(/^[a-z0-9][a-z0-9._/-]*(:[\w][\w.-]{0,127})?$/),
  build: z.string().optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']) })).optional(),
  ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/, { error: 'must be bound to 127.0.0.1: whoever wants it reachable says so knowingly' })).optional(),
  volumes: z.array(z.string().regex(/^[a-z]+:\/[^:]+$/)).optional(),
  stop_grace_period: duration.optional(),
  healthcheck: z.strictObject({
    test: z.tuple([z.literal('CMD')], z.string()), interval: duration, timeout: duration, retries: z.int().positive(), start_period: duration.optional(),
  }).optional(),
});
const ComposeFile = z.object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.null()) });

const document = parseDocument(source, { merge: true, uniqueKeys: true });
const compose = ComposeFile.parse(document.toJS());
const services = Object.entries(compose.services);

test('is YAML without errors, and its top-level keys are those of the specification', () => {
  expect([...document.errors, ...document.warnings]).toEqual([]);
  const keys = Object.keys(document.toJS() as object).filter((key) => !key.startsWith('x-'));
  expect(keys).toEqual(['services', 'volumes']);
});

test('has every part of a deployment', () => {
  expect(Object.keys(compose.services).sort()).toEqual(['api', 'mail', 'migrate', 'postgresql', 'temporal', 'temporal-ui', 'worker']);
});

test.each(services)('%s waits only for services that are there, and for health only where health is checked', (_name, { depends_on: dependencies = {} }) => {
  for (const [other, { condition }] of Object.entries(dependencies)) {
    const awaited = compose.services[other];
    expect(awaited).toBeDefined();
    if (condition === 'service_healthy') expect(awaited?.healthcheck).toBeDefined();
    if (condition === 'service_completed_successfully') expect(awaited?.restart).toBe('no');
  }
});

test.each(services)('%s mounts only volumes that are declared', (_name, { volumes = [] }) => {
  for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
});

test('nothing in it is a secret: the password comes from the environment, and without one it does not start', () => {
  expect(source.match(/\$\{[^}]+\}/g)?.every((variable) => variable.startsWith('${POSTGRES_PASSWORD:?') || variable === '${TEMPORAL_ENCRYPTION_KEYS:-}')).toBe(true);
  expect(source).not.toMatch(/PASSWORD: (?!\$)\S/);
});

test("Dunwell's settings are ones that a production process accepts", () => {
  for (const name of ['migrate', 'api', 'worker']) {
    const settings = compose.services[name]?.environment ?? {};
    const environment = readEnvironment(Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, value.replace(/\$\{POSTGRES_PASSWORD:[^}]*\}/, 'f3a1c09b').replace(/\$\{\w+:-\}/, '')])));
    expect(environment).toMatchObject({ nodeEnv: 'production', temporal: { address: 'temporal:7233' }, mail: { provider: { kind: 'smtp' } } });
  }
});

test("Dunwell's commands are those that npm start and the tests run, and the files are there", () => {
  const commands = services.filter(([, { build }]) => build !== undefined).map(([, { command }]) => command ?? []);
  const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8');
  expect(commands).toContainEqual(JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? 'null'));
  const runners = ['cli/start/run.ts', 'cli/start/services.ts', 'tests/integration/productionWiring.test.ts'].map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n');
  for (const command of commands) {
    const entry = command.find((part) => /\.(ts|js)$/.test(part)) ?? '';
    expect(existsSync(path.join(root, entry))).toBe(true);
    expect(runners).toContain(entry);
  }
});

test('the image is made by docker/build.sh alone', () => {
  const steps = readFileSync(path.join(root, 'Dockerfile'), 'utf8').split('\n').filter((line) => line.startsWith('RUN '));
  expect(steps).toHaveLength(1);
  expect(steps[0]).toContain('sh docker/build.sh');
});
