import { spawnSync } from 'node:child_process';
import { findProgram } from './command';
import { EngineError, type Say } from './engineError';

export type SystemUser = { name: string; uid: number; gid: number };

/**
 * PostgreSQL refuses to run as root. Where this process is root, a user named postgres runs the server, made if there is none.
 * Undefined: this process is not root and runs the server itself.
 */
export function postgresUser(say: Say): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = lookUp('postgres');
  if (existing) return existing;
  say('making a system user named postgres, because PostgreSQL refuses to run as root');
  const made = findProgram('useradd')
    ? spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { encoding: 'utf8' })
    : spawnSync('adduser', ['-S', '-D', '-H', 'postgres'], { encoding: 'utf8' });
  const user = lookUp('postgres');
  if (!user) throw new EngineError(`PostgreSQL refuses to run as root, and no user named postgres could be made: ${made.stderr || made.error?.message || 'no useradd or adduser here'}. Make one, run as another user, or set DATABASE_URL.`);
  return user;
}

/** True if this user may read the path, which also needs every folder above to let it through. */
export function canRead(user: SystemUser, file: string): boolean {
  return spawnSync('test', ['-r', file], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0;
}

function lookUp(name: string): SystemUser | undefined {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
