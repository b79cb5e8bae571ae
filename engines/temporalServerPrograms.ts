import path from 'node:path';
import { EngineError, type Say } from './engineError';
import { buildWithGo, builtEarlier, findGo } from './goBuild';

const serverVersion = 'v1.29.1';
const folder = `temporal-server-${serverVersion}`;
const programs = ['server', 'sql'] as const;

export type TemporalServerPrograms = { server: string; sqlTool: string };

/** True if a full Temporal server is here or can be built here. */
export function canProvideTemporalServer(): boolean {
  return builtEarlier(folder, programs) !== undefined || findGo() !== undefined;
}

/** A full Temporal server and its SQL schema tool, built once with Go into the cache folder (a few minutes). */
export async function provideTemporalServer(say: Say): Promise<TemporalServerPrograms> {
  const built = builtEarlier(folder, programs) ?? (await build(say));
  return { server: path.join(built, 'server'), sqlTool: path.join(built, 'sql') };
}

async function build(say: Say): Promise<string> {
  const go = findGo();
  if (!go) throw new EngineError('A full Temporal server is built with Go, which is not installed here.');
  say(`building the Temporal server ${serverVersion} with Go (some minutes, once)`);
  const packages = [`go.temporal.io/server/cmd/server@${serverVersion}`, `go.temporal.io/server/cmd/tools/sql@${serverVersion}`];
  return buildWithGo(go, { packages, programs, folder, doing: 'building the Temporal server', say });
}
