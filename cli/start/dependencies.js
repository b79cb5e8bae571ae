const { spawnSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..', '..');

class ForPeople extends Error {
  isForPeople = true;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new ForPeople(`Dunwell needs Node.js 20.19 or later; this is ${process.versions.node}. See https://nodejs.org.`);
}

/** Installs the packages when they are missing or are not those of the lockfile. */
async function installIfNeeded() {
  const reason = reasonToInstall();
  if (!reason) return;
  process.stdout.write(`${reason}: installing them with npm ci (a minute or two)\n`);
  const npm = process.env.npm_execpath; // set when npm runs us
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = npm && npm.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new ForPeople(`npm ci did not work${error ? ` (${error.message})` : ''}. Run it by hand to see why, then start again.`);
}

/** Compares versions rather than file times, which a checkout or a copy changes at will. */
function reasonToInstall() {
  const installedFile = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return 'The packages are not here yet';
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  for (const [name, { version, optional, devOptional, peer }] of Object.entries(wanted)) {
    if (name === '' || peer) continue;
    const there = installed[name];
    if (there ? there.version !== version : !(optional || devOptional)) return `The packages are not those of package-lock.json (${name.replace(/^.*node_modules\//, '')})`;
  }
  return undefined;
}

module.exports = { checkNode, installIfNeeded };
