/** The queue that a name means: the one of just this name, else one that differs in case only; null: there is none. */
export function queueMeant(name: string, queues: readonly string[]): string | null {
  return queues.find((queue) => queue === name) ?? queues.find((queue) => queue.toLowerCase() === name.toLowerCase()) ?? null;
}
