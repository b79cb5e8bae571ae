// What `npm run build` runs.
import('tsx')
  .then(() => require('./build/main.ts').build())
  .then(() => process.exit(0), (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
