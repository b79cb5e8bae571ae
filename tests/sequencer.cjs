const { existsSync } = require('node:fs');
const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The files that take longest, the longest first. On a machine that has run them before jest knows by itself; on a clean clone it goes by the size of
 * files, and one that is short but takes minutes would begin last and run alone at the end.
 */
const longest = [
  'tests/integration/replay.test.ts',
  'tests/integration/segments/batches.test.ts',
  'tests/e2e/accessibility.test.ts',
  'tests/integration/startPolicy.test.ts',
  'tests/workflows/lifetime.test.ts',
  'tests/integration/segments/switchKilled.test.ts',
  'tests/e2e/campaigns.test.ts',
  'tests/e2e/charges.test.ts',
  'tests/integration/deployment/image.test.ts',
  'tests/e2e/money.test.ts',
  'tests/integration/segments/runKilled.test.ts',
  'tests/integration/collectInvoice.test.ts',
  'tests/e2e/console.test.ts',
  'tests/e2e/policy.test.ts',
  'tests/integration/productionWiring.test.ts',
  'tests/e2e/setUp.test.ts',
].map((file) => path.join(__dirname, '..', file));

module.exports = class extends Sequencer {
  sort(tests) {
    const gone = longest.find((file) => !existsSync(file));
    if (gone) throw new Error(`${gone} is not there: tests/sequencer.cjs names the files that take longest.`);
    const rank = ({ path: file }) => (longest.includes(file) ? longest.indexOf(file) : longest.length);
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
