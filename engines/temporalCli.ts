import { homedir } from 'node:os';
import path from 'node:path';
import { answers, findProgram, isExecutable } from './command';
import { EngineError, type Say } from './engineError';
import { buildWithGo, builtEarlier, findGo } from './goBuild';
import { downloadedBySdk, downloadWithSdk } from './sdkDownload';

/** Newer tags carry replace directives and cannot be installed by `go install`. */
const cliVersion = 'v1.5.1';
const buildFolder = `temporal-cli-${cliVersion}`;

/** The Temporal CLI if it is on this machine: the first of the places that docs/operations.md lists. */
export function presentTemporalCli(): string | undefined {
  const given = process.env.TEMPORAL_CLI_PATH;
  if (given) {
    if (!isExecutable(given)) throw new EngineError(`TEMPORAL_CLI_PATH is ${given}, which is not a program that can be run.`);
    return given;
  }
  const builtFolder = builtEarlier(buildFolder, ['temporal']);
  const candidates = [
    findProgram('temporal', [path.join(homedir(), 'go', 'bin')]),
    builtFolder && path.join(builtFolder, 'temporal'),
    downloadedBySdk('cli'),
  ];
  return candidates.find((candidate) => candidate !== undefined && answers(candidate, ['--version']));
}

/** Finds the Temporal CLI, or brings it to this machine. */
export async function findTemporalCli(say: Say): Promise<string> {
  const present = presentTemporalCli();
  if (present) return present;
  const failures: string[] = [];
  say('no Temporal CLI on this machine yet: downloading it (about 50 MB, once)');
  try {
    return await downloadWithSdk('cli', say);
  } catch (error) {
    failures.push(firstLines(error));
    say('the download did not work; trying the next way');
  }
  const go = findGo();
  if (go) {
    say(`building the Temporal CLI ${cliVersion} with Go (some minutes, once)`);
    try {
      const folder = await buildWithGo(go, { packages: [`github.com/temporalio/cli/cmd/temporal@${cliVersion}`], programs: ['temporal'], folder: buildFolder, doing: 'building the Temporal CLI', say });
      return path.join(folder, 'temporal');
    } catch (error) {
      failures.push(firstLines(error));
    }
  } else {
    failures.push('Go is not installed, so it could not be built either.');
  }
  throw new EngineError([
    'The Temporal CLI could not be found or brought to this machine:',
    ...failures.map((failure) => `  - ${failure}`),
    'Any one of these helps:',
    '  - install the CLI (https://docs.temporal.io/cli#install) so that `temporal` is on the PATH, or set TEMPORAL_CLI_PATH to it',
    '  - install Go 1.24 or later and start again',
    '  - use a Temporal service that runs elsewhere: --temporal-address HOST:PORT',
  ].join('\n'));
}

function firstLines(error: unknown): string {
  const linesMax = 3;
  return (error instanceof Error ? error.message : String(error)).split('\n').slice(0, linesMax).join(' ').slice(0, 300);
}
