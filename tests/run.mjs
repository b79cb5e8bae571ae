// What `npm test` runs: everything that proves Dunwell, ending with one line `N passed, N failed`.
// With arguments it passes them to jest and runs nothing else: npm test -- tests/domain/demo.test.ts
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const { checkNode, installIfNeeded } = require('../cli/start/dependencies.js');

let passed = 0;
let failed = 0;

checkNode();
await installIfNeeded();
const jestArguments = process.argv.slice(2);
if (jestArguments.length === 0) {
  run('bringing what the tests need', ['--import', 'tsx', 'tests/engines/bring.ts']);
  count('build', run('building the console and the workflow bundle', ['cli/build.js']));
  count('types', run('checking types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']));
  count('lint', run('linting', ['node_modules/oxlint/bin/oxlint']));
  count('arrows', run('checking who imports whom', ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...foldersOfArrows()]));
}
countJest(jestArguments);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function run(doing, args) {
  process.stdout.write(`\n== ${doing}\n`);
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

function count(what, isOk) {
  if (isOk) passed++;
  else failed++;
  process.stdout.write(`${isOk ? 'ok' : 'FAILED'}: ${what}\n`);
}

/** The folders as the lint script of package.json names them, so that they are listed once. */
function foldersOfArrows() {
  const { lint } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).scripts;
  return lint.slice(lint.indexOf('--output-type err') + '--output-type err'.length).trim().split(' ');
}

function countJest(args) {
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-results-'));
  const file = path.join(folder, 'results.json');
  try {
    const isOk = run('running the tests', ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${file}`, '--testLocationInResults=false', ...args]);
    const results = JSON.parse(readFileSync(file, 'utf8'));
    passed += results.numPassedTests;
    // A file that could not even run has no failed test of its own, and still must not count as fine.
    failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
    if (results.numPendingTests > 0) process.stdout.write(`${results.numPendingTests} skipped\n`);
    if (!isOk && failed === 0) failed++;
  } catch (error) {
    process.stdout.write(`jest left no results: ${error.message}\n`);
    failed++;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
