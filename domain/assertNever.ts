/** Ends the handling of a tagged union: a new kind that is not handled fails to compile here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
