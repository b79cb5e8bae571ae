import { SingleBar } from 'cli-progress';

export interface Progress {
  /** What is worked on, how far it is, and a few words behind the bar. */
  show(title: string, done: number, total: number, words: string): void;
  end(): void;
}

/** A bar on the terminal; nothing where nobody watches (no terminal, or output for a program). */
export function progressBar(quiet: boolean): Progress {
  if (quiet || !process.stderr.isTTY) return { show: () => undefined, end: () => undefined };
  const bar = new SingleBar({ format: '{title} {bar} {percentage}% {words}', stream: process.stderr, hideCursor: true, clearOnComplete: true });
  let started = false;
  return {
    show(title, done, total, words) {
      if (!started) bar.start(total, done, { title, words });
      started = true;
      bar.setTotal(total);
      bar.update(done, { title, words });
    },
    end() {
      if (started) bar.stop();
      started = false;
    },
  };
}
