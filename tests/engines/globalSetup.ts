import { startTestEngines } from './testEngines';

/** Runs once before all projects; what it puts into the environment reaches every test process. */
export default async function globalSetup(): Promise<void> {
  const engines = await startTestEngines();
  Object.assign(process.env, engines.environment);
  globalThis.dunwellTestEngines = engines;
}
