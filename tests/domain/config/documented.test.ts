import { readFileSync } from 'node:fs';
import path from 'node:path';

const read = (file: string): string => readFileSync(path.join(__dirname, '../../..', file), 'utf8');

test('docs/operations.md lists every variable that is read, and no other', () => {
  const schema = /const variables = z\.object\(\{([^]*?)\n\}\);/.exec(read('config/environment.ts'))?.[1] ?? '';
  const known = [...schema.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name);
  const section = /## Settings\n([^]*?)\n## /.exec(read('docs/operations.md'))?.[1] ?? '';
  const documented = section.split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));
  expect(documented.sort()).toEqual(known.sort());
});
