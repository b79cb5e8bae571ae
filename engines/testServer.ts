import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { cacheFolder } from './cacheFolder';
import { installWithApt, isDebianRoot } from './apt';
import { findProgram, isExecutable, runCommand } from './command';
import { EngineError, type Say } from './engineError';
import { downloadedBySdk, downloadWithSdk } from './sdkDownload';

const testServerVersion = '1.32.1';
const javaVersionMin = 17;
const mavenTimeoutMs = 10 * 60_000;

/** The time-skipping test server if it is on this machine. */
export function presentTestServer(): string | undefined {
  const given = process.env.TEMPORAL_TEST_SERVER_PATH;
  if (given) {
    if (!isExecutable(given)) throw new EngineError(`TEMPORAL_TEST_SERVER_PATH is ${given}, which is not a program that can be run.`);
    return given;
  }
  const wrapper = wrapperPath();
  return existsSync(wrapper) && javaVersion() !== undefined ? wrapper : downloadedBySdk('test-server');
}

/** Finds the time-skipping test server, or brings it: the SDK's download first, then the Java program from Maven. */
export async function findTestServer(say: Say): Promise<string> {
  const present = presentTestServer();
  if (present) return present;
  const failures: string[] = [];
  say('no Temporal test server on this machine yet: downloading it (once)');
  try {
    return await downloadWithSdk('test-server', say);
  } catch (error) {
    failures.push((error instanceof Error ? error.message : String(error)).split('\n').slice(0, 2).join(' ').slice(0, 300));
    say('the download did not work; trying the next way');
  }
  if (!hasJavaAndMaven() && isDebianRoot()) {
    try {
      await installWithApt(['openjdk-17-jre-headless', 'maven'], say);
    } catch (error) {
      failures.push((error instanceof Error ? error.message : String(error)).split('\n').slice(0, 2).join(' ').slice(0, 300));
    }
  }
  const maven = findProgram('mvn');
  if (hasJavaAndMaven() && maven) return fetchWithMaven(maven, say);
  failures.push(`The Java program needs Java ${javaVersionMin} or later (found: ${javaVersion() ?? 'none'}) and Maven (found: ${maven ?? 'none'}).`);
  throw new EngineError([
    'The Temporal test server could not be found or brought to this machine:',
    ...failures.map((failure) => `  - ${failure}`),
    'Any one of these helps:',
    '  - set TEMPORAL_TEST_SERVER_PATH to it',
    `  - install Java ${javaVersionMin} and Maven (Debian: apt-get install openjdk-17-jre-headless maven) and start again`,
  ].join('\n'));
}

function hasJavaAndMaven(): boolean {
  return (javaVersion() ?? 0) >= javaVersionMin && findProgram('mvn') !== undefined;
}

function wrapperPath(): string {
  return path.join(cacheFolder(), `temporal-test-server-${testServerVersion}`, 'temporal-test-server');
}

async function fetchWithMaven(maven: string, say: Say): Promise<string> {
  say(`fetching the Temporal test server ${testServerVersion} with Maven (about 40 MB, once)`);
  const target = path.dirname(wrapperPath());
  const partial = `${target}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    writeFileSync(path.join(partial, 'pom.xml'), `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dunwell</groupId><artifactId>test-server</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${testServerVersion}</version></dependency>
  </dependencies>
</project>
`);
    await runCommand({
      command: maven, cwd: partial, doing: 'fetching the Temporal test server', timeoutMs: mavenTimeoutMs, say,
      args: ['--quiet', '--batch-mode', 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=lib'],
    });
    // The Temporal SDK starts it as `temporal-test-server PORT`, and no other argument means something to it.
    writeFileSync(path.join(partial, 'temporal-test-server'), `#!/bin/sh\nexec java -Xmx512m -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"\n`, { mode: 0o755 });
    rmSync(target, { recursive: true, force: true });
    renameSync(partial, target);
    return wrapperPath();
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** The major version of the Java on PATH, or undefined if there is none. */
function javaVersion(): number | undefined {
  const answer = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (answer.status !== 0) return undefined;
  const version = /version "(\d+)/.exec(answer.stderr)?.[1];
  return version === undefined ? undefined : Number(version);
}
