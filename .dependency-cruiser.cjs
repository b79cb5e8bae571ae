/** The arrows of docs/architecture.md: who may import whom. A folder that is not named in a rule's list may not be imported. */
const folders = ['config', 'domain', 'db', 'integrations', 'emails', 'workflows', 'activities', 'worker', 'engines', 'api', 'web', 'demo', 'cli', 'policies', 'tests'];

/** @param {string} from folder @param {string[]} to folders it may import, itself aside @param {string[]} [contracts] single paths it may import besides */
function arrows(from, to, contracts = []) {
  const forbidden = folders.filter((folder) => folder !== from && !to.includes(folder));
  return {
    name: `${from}-imports`,
    comment: `${from}/ may import ${to.length ? to.map((folder) => `${folder}/`).join(', ') : 'nothing of ours'}${contracts.length ? ` and ${contracts.join(', ')}` : ''}: see docs/architecture.md.`,
    severity: 'error',
    from: { path: `^${from}/` },
    to: { path: `^(${forbidden.join('|')})/`, ...(contracts.length ? { pathNot: `^(${contracts.join('|')})` } : {}), dependencyTypesNot: ['type-only'] },
  };
}

module.exports = {
  forbidden: [
    arrows('config', []),
    arrows('domain', []),
    arrows('db', ['domain']),
    arrows('integrations', ['domain']),
    arrows('emails', ['domain']),
    arrows('workflows', ['domain']),
    arrows('activities', ['domain', 'db', 'integrations', 'emails'], ['workflows/contracts/']),
    arrows('worker', ['config', 'domain', 'db', 'integrations', 'emails', 'workflows', 'activities', 'engines']),
    arrows('engines', []),
    arrows('api', ['config', 'domain', 'db', 'integrations'], ['workflows/contracts/', 'emails/types', 'emails/(invoice|statement)Pdf', 'emails/render', 'emails/templates/(check|samples)']),
    arrows('web', []),
    arrows('demo', ['domain']),
    arrows('cli', ['config', 'domain', 'db', 'integrations', 'emails', 'workflows', 'activities', 'worker', 'engines', 'api', 'demo', 'policies']),
    {
      name: 'types-across-arrows',
      comment: 'Types may be imported only where docs/architecture.md says so: workflows from activities, web from api.',
      severity: 'error',
      from: { path: '^(domain|db|integrations|emails|engines|config|demo)/' },
      to: { path: '^(workflows|activities|worker|api|web|cli)/', dependencyTypes: ['type-only'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'domain/ does no IO and reads no clock.',
      severity: 'error',
      from: { path: '^domain/' },
      to: { path: '^(node:)?(fs|fs/promises|net|http|https|child_process|os|worker_threads|crypto)$|^node_modules/(pg|knex|pino|express|@temporalio)/' },
    },
    {
      name: 'workflows-are-deterministic',
      comment: 'Workflow code runs in a sandbox and is replayed: no Node modules, and nothing heavy in its bundle.',
      severity: 'error',
      from: { path: '^workflows/(?!contracts/client)' },
      to: { path: '^node_modules/(zod|knex|pg|luxon|date-holidays|@temporalio/(client|worker|activity))/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-cycles', comment: 'Two files that import each other cannot be read one after the other.', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(web/dist|worker/build)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.css'], exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
