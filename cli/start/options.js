const { parseArgs } = require('node:util');

/** Each choice of `npm start`: what parseArgs needs, and a line of help. */
const choices = {
  empty: { type: 'boolean', help: ['--empty', 'an empty ledger instead of the demo'] },
  'real-time': { type: 'boolean', help: ['--real-time', 'run on the real clock; the demo runs on a manual one that the console advances'] },
  port: { type: 'string', help: ['--port N', 'port of the console and the API (4000, or the next that is free)'] },
  'temporal-port': { type: 'string', help: ['--temporal-port N', 'port of the Temporal server (7233, or the next that is free)'] },
  'temporal-ui-port': { type: 'string', help: ['--temporal-ui-port N', "port of Temporal's own UI (8233, or the next that is free)"] },
  'postgres-port': { type: 'string', help: ['--postgres-port N', 'port of PostgreSQL (5433, or the next that is free)'] },
  'database-url': { type: 'string', help: ['--database-url URL', 'your own PostgreSQL 15 or later instead of the bundled one (or set DATABASE_URL)'] },
  'temporal-address': { type: 'string', help: ['--temporal-address HOST:PORT', 'your own Temporal instead of a local one (or set TEMPORAL_ADDRESS)'] },
  'temporal-namespace': { type: 'string', help: ['--temporal-namespace NAME', 'the namespace to use there (default)'] },
  'temporal-tls': { type: 'boolean', help: ['--temporal-tls', 'connect to it with TLS; implied by an API key'] },
  'temporal-api-key': { type: 'string', help: ['--temporal-api-key KEY', 'better set TEMPORAL_API_KEY: a command line is visible to others'] },
  'temporal-ui-url': { type: 'string', help: ['--temporal-ui-url URL', "where its UI is, for links from the console"] },
  data: { type: 'string', help: ['--data DIR', 'folder for databases and logs (.dunwell)'] },
  'install-only': { type: 'boolean', help: ['--install-only', 'bring everything to this machine and build, but start nothing'] },
  help: { type: 'boolean', help: ['--help', 'show this'] },
};

const helpText = `npm start                brings what Dunwell needs, starts it with a demo ledger, and prints where to click
npm start -- OPTIONS

${Object.values(choices).map(({ help: [form, text] }) => `  ${form.padEnd(28)} ${text}`).join('\n')}

The first start takes a few minutes: it installs packages, brings a Temporal server, builds the console and makes a demo
ledger of 60 customers. Later starts take seconds and keep the data. Ctrl-C stops everything.
Mail stays in a local outbox that the console shows, unless you set DUNWELL_MAIL_PROVIDER (see docs/operations.md).
To begin anew, stop it and delete the data folder.
`;

/** @param {string[]} argv */
function readOptions(argv) {
  try {
    const { values } = parseArgs({ args: argv, options: Object.fromEntries(Object.entries(choices).map(([name, { type }]) => [name, { type }])) });
    for (const name of ['port', 'temporal-port', 'temporal-ui-port', 'postgres-port']) {
      const value = values[name];
      if (value !== undefined && !(/^\d+$/.test(value) && Number(value) > 0 && Number(value) < 65536)) throw new Error(`--${name} must be a port number, 1 to 65535, not ${value}`);
    }
    return values;
  } catch (error) {
    process.stderr.write(`${error.message}\nnpm start -- --help shows the choices.\n`);
    return process.exit(2);
  }
}

module.exports = { helpText, readOptions };
