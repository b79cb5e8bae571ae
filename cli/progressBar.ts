import { SingleBar } from 'cli-progress';

export interface Progress {
  show(done: number, total: number, words: string): void;
  end(): void;
}

/** A bar on the terminal; nothing where nobody watches (no terminal, or output for a program). */
export function progressBar(title: string, quiet: boolean): Progress {
  if (quiet || !process.stderr.isTTY) return { show: () => undefined, end: () => undefined };
  const bar = new SingleBar({ format: `${title} {bar} {percentage}% {words}`, stream: process.stderr, hideCursor: true, clearOnComplete: true });
  let started = false;
  return {
    show(done, total, words) {
      if (!started) bar.start(total, done, { words });
      started = true;
      bar.update(done, { words });
    },
    end() {
      if (started) bar.stop();
      started = false;
    },
  };
}
