/** One jest project per kind of proof, so that `npx jest --selectProjects domain` runs the quick one alone. */
// Packages that jest must transform, since it loads modules as CommonJS: they are ESM, or import modules while they run.
const esmPackages = ['dinero.js', '@react-email/render'];
const shared = {
  rootDir: __dirname,
  transform: {
    '^.+\\.[cm]?[jt]sx?$': ['@swc/jest', {
      jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    }],
  },
  transformIgnorePatterns: esmPackages.length ? [`/node_modules/(?!(${esmPackages.join('|')})/)`] : ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/.dunwell/', '<rootDir>/web/dist/', '<rootDir>/worker/build/'],
};
/** PostgreSQL, Temporal and the test server, started once before all projects that ask for them. */
const withEngines = {
  ...shared,
  globalSetup: '<rootDir>/tests/engines/globalSetup.ts',
  globalTeardown: '<rootDir>/tests/engines/globalTeardown.ts',
};
module.exports = {
  maxWorkers: 2,
  testSequencer: '<rootDir>/tests/sequencer.cjs',
  // Of all projects: jest ignores one that a project names. Engines on a busy machine take their time; a hang is still found.
  testTimeout: 120_000,
  projects: [
    { ...shared, displayName: 'domain', testMatch: ['<rootDir>/tests/domain/**/*.test.ts'] },
    { ...withEngines, displayName: 'integration', testMatch: ['<rootDir>/tests/integration/**/*.test.ts?(x)'] },
    { ...withEngines, displayName: 'workflows', testMatch: ['<rootDir>/tests/workflows/**/*.test.ts', '<rootDir>/tests/replay/**/*.test.ts'] },
    { ...withEngines, displayName: 'e2e', testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'] },
  ],
};
