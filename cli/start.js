// What `npm start` runs. Plain JavaScript without dependencies, since on a fresh clone it is what installs them.
const { checkNode, installIfNeeded } = require('./start/dependencies');
const { helpText, readOptions } = require('./start/options');

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(helpText);
    return;
  }
  checkNode();
  await installIfNeeded();
  await import('tsx');
  const { run } = require('./start/run.ts');
  await run(options);
  process.exit(0);
}

main().catch((error) => {
  const { text, exitCode } = error?.isForPeople ? { text: error.message, exitCode: 1 } : describe(error);
  process.stderr.write(`\n${text}\n`);
  process.exit(exitCode);
});

/** Before the packages are there, nothing but plain JavaScript can be loaded. */
function describe(error) {
  try {
    return require('./commandError.ts').describeError(error);
  } catch {
    return { text: error?.stack ?? String(error), exitCode: 70 };
  }
}
