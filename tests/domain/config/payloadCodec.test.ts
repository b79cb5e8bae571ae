import { defaultPayloadConverter } from '@temporalio/common';
import fc from 'fast-check';
import { codecOf, dataConverterOf, readPayloadKeys } from '../../../config/payloadCodec';
import { readEnvironment } from '../../../config/environment';

const keyOf = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const [older, newer] = [`older:${keyOf(1)}`, `newer:${keyOf(2)}`];
const codec = (text: string) => codecOf(readPayloadKeys(text))!;
const payload = (value: unknown) => defaultPayloadConverter.toPayload(value);

test('whatever is encrypted is read again, and nothing of it can be seen', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), async (values) => {
    const encrypted = await codec(older).encode(values.map(payload));
    expect(encrypted.map(({ metadata }) => Object.keys(metadata ?? {}))).toEqual(values.map(() => ['encoding', 'encryption-key-id']));
    const read = await codec(older).decode(encrypted);
    expect(read.map((one) => defaultPayloadConverter.fromPayload(one))).toEqual(values.map((value) => JSON.parse(JSON.stringify(value)) as unknown));
  }), { numRuns: 50 });
  const [encrypted] = await codec(older).encode([payload('INV-1 of Harbour Supplies')]);
  expect(Buffer.from(encrypted!.data!).toString('latin1')).not.toContain('Harbour');
});

test('the same payload is never the same ciphertext twice', async () => {
  const [one, other] = await codec(older).encode([payload('x'), payload('x')]);
  expect(Buffer.from(one!.data!).equals(Buffer.from(other!.data!))).toBe(false);
});

test('a key is replaced by putting the new one first: what the old one encrypted is still read', async () => {
  const before = await codec(older).encode([payload('before')]);
  const both = codec(`${newer},${older}`);
  const after = await both.encode([payload('after')]);
  expect(Buffer.from(after[0]!.metadata!['encryption-key-id']!).toString()).toBe('newer');
  expect((await both.decode([...before, ...after])).map((one) => defaultPayloadConverter.fromPayload(one))).toEqual(['before', 'after']);
  await expect(codec(newer).decode(before)).rejects.toThrow('encrypted with the key "older", which is not among TEMPORAL_ENCRYPTION_KEYS');
});

test('what was written before there was a key is read as it is', async () => {
  expect((await codec(older).decode([payload('plain')])).map((one) => defaultPayloadConverter.fromPayload(one))).toEqual(['plain']);
  expect(dataConverterOf([])).toBeUndefined();
});

test('what was changed, cut short, or encrypted by another key of the name is refused', async () => {
  const [encrypted] = await codec(older).encode([payload('x')]);
  const data = Buffer.from(encrypted!.data!);
  const changed = Buffer.from(data);
  changed[data.length - 1]! ^= 1;
  for (const wrong of [changed, data.subarray(0, 20), data.subarray(0, data.length - 1), Buffer.alloc(0)]) await expect(codec(older).decode([{ ...encrypted, data: wrong }])).rejects.toThrow('cannot be decrypted');
  await expect(codec(`older:${keyOf(9)}`).decode([encrypted!])).rejects.toThrow('cannot be decrypted');
});

test.each(['a', 'a:', `a:${Buffer.alloc(16).toString('base64')}`, `:${keyOf(1)}`, `${older},`, `${older},older:${keyOf(3)}`])('keys written as %s are refused, and not told', (text) => {
  const reading = () => readEnvironment({ DATABASE_URL: 'postgres://dunwell:a-long-one@127.0.0.1:5432/dunwell', TEMPORAL_ENCRYPTION_KEYS: text });
  expect(reading).toThrow(/^TEMPORAL_ENCRYPTION_KEYS is wrong: /);
  expect(reading).not.toThrow(keyOf(1));
});
