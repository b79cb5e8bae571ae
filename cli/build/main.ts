import { workflowBundle } from '../../worker/bundle';
import { buildConsole } from './console';

/** `npm run build`: what a start would otherwise build first. */
export async function build(): Promise<void> {
  const say = (line: string): void => { process.stdout.write(`${line}\n`); };
  await Promise.all([buildConsole(say), workflowBundle()]);
  say('built: web/dist, worker/build');
}
