import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeInstallation } from '../../../config/runningInstallation';

test('what a run tells its commands, passwords included, is for its user only, also over a file that was there', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-installation-'));
  const file = path.join(folder, 'environment.json');
  writeFileSync(file, '{}');
  chmodSync(file, 0o644);
  writeInstallation(folder, { DATABASE_URL: 'postgres://dunwell:secret@127.0.0.1/dunwell' });
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
});
