import { buildWorkflowBundle } from './bundle';

/** `npm run build:workflows`: the workflow code in one file, so that a worker starts without a bundler. */
buildWorkflowBundle().then(
  ({ code }) => process.stdout.write(`worker/build/workflows.js: ${Math.round(code.length / 1024)} KB\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
