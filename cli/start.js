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
  process.stderr.write(`\n${error instanceof Error && error.isForPeople ? error.message : (error.stack ?? error)}\n`);
  process.exit(1);
});
