type Stop = () => Promise<void>;

/** What has been started, to be stopped in the opposite order when a person or the system says so. */
export class Stops {
  private readonly stops: Stop[] = [];
  private readonly controller = new AbortController();
  /** Resolves when everything has been stopped because of a signal. */
  readonly signalled: Promise<void>;

  constructor() {
    this.signalled = new Promise((resolve) => {
      const onSignal = (): void => {
        if (this.isStopping) return this.endAtOnce();
        process.stdout.write('\nstopping\n');
        void this.stopAll().then(resolve, (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
          process.exit(1);
        });
      };
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
    });
  }

  get isStopping(): boolean {
    return this.controller.signal.aborted;
  }

  /** Aborted when the end has begun. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  add(stop: Stop): void {
    this.stops.push(stop);
  }

  adding<T extends { stop: Stop }>(started: T): T {
    this.add(() => started.stop());
    return started;
  }

  async stopAll(): Promise<void> {
    this.stoppingSinceMs = Date.now();
    this.controller.abort();
    for (let stop = this.stops.pop(); stop; stop = this.stops.pop()) await stop();
  }

  private stoppingSinceMs = 0;

  /** npm passes Ctrl-C on, so that one press arrives twice: only a later one means "now". Children die with this process. */
  private endAtOnce(): void {
    const secondPressMs = 1_000;
    if (Date.now() - this.stoppingSinceMs > secondPressMs) process.exit(130);
  }
}
