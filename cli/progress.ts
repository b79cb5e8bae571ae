import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

const silent: Progress = { update: () => undefined, stop: () => undefined };

const lineEveryMs = 15_000;

/** Where standard error is a file, long work says now and then how far it is. */
function progressLines(title: string, unit: string): Progress {
  let saidAt = Date.now();
  return {
    update(done, total) {
      if (Date.now() - saidAt < lineEveryMs) return;
      saidAt = Date.now();
      process.stderr.write(`${title}: ${done} of ${total} ${unit}\n`);
    },
    stop: () => undefined,
  };
}

/** A progress bar on standard error, so that standard output stays what was asked for; lines where nobody looks at a terminal. */
export function progressBar(title: string, unit: string, shown = true): Progress {
  if (!shown) return silent;
  if (!process.stderr.isTTY) return progressLines(title, unit);
  const bar = new SingleBar({ format: `${title} {bar} {percentage}% | {value}/{total} ${unit} | {eta_formatted} left`, stream: process.stderr, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  let started = false;
  return {
    update(done, total) {
      if (!started) bar.start(total, done);
      else {
        bar.setTotal(total);
        bar.update(done);
      }
      started = true;
    },
    stop() {
      if (started) bar.stop();
    },
  };
}
