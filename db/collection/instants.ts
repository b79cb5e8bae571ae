/** An instant as JSON tells it, in milliseconds. */
export function ms(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::bigint`;
}
