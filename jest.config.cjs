/** One jest project per kind of proof, so that `npm test -- --selectProjects domain` runs the quick one alone. */
// ESM-only packages that jest must transform, since it loads modules as CommonJS.
const esmPackages = ['dinero.js'];
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
};
module.exports = {
  projects: [
    { ...shared, displayName: 'domain', testMatch: ['<rootDir>/tests/domain/**/*.test.ts'] },
    { ...shared, displayName: 'integration', testMatch: ['<rootDir>/tests/integration/**/*.test.ts?(x)'], globalSetup: '<rootDir>/tests/engines/globalSetup.ts', globalTeardown: '<rootDir>/tests/engines/globalTeardown.ts' },
    { ...shared, displayName: 'workflows', testMatch: ['<rootDir>/tests/workflows/**/*.test.ts', '<rootDir>/tests/replay/**/*.test.ts'], globalSetup: '<rootDir>/tests/engines/globalSetup.ts', globalTeardown: '<rootDir>/tests/engines/globalTeardown.ts' },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'], globalSetup: '<rootDir>/tests/engines/globalSetup.ts', globalTeardown: '<rootDir>/tests/engines/globalTeardown.ts' },
  ],
};
