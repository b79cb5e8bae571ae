import { Command } from 'commander';
import { ResendStandIn } from './standIn';

/** Runs the stand-in as a process of its own: `npx tsx tests/standins/resend/main.ts --port 7801 --state /tmp/resend.jsonl`. */
async function main(): Promise<void> {
  const options = new Command('resend-standin')
    .description('Stands in for the HTTP API of Resend. Orders are taken at /_control/.')
    .option('--port <port>', 'where to listen on 127.0.0.1; 0 takes a free one', '0')
    .option('--state <file>', 'keeps what was accepted over restarts')
    .option('--api-key <key>', 'the key that callers must have', 're_standin')
    .option('--rps <count>', 'answers 429 beyond so many requests a second')
    .option('--seed <number>', 'of the random faults', '1')
    .parse()
    .opts<{ port: string; state?: string; apiKey: string; rps?: string; seed: string }>();
  const standIn = new ResendStandIn({
    apiKey: options.apiKey,
    seed: Number(options.seed),
    ...(options.state ? { stateFile: options.state } : {}),
    ...(options.rps ? { requestsPerSecond: Number(options.rps) } : {}),
  });
  const url = await standIn.listen(Number(options.port));
  process.stdout.write(`listening on ${url}\n`);
  const stop = (): void => void standIn.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

void main();
