/** A calendar date without a time, `YYYY-MM-DD`. */
export type LocalDate = string;
/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type InstantMs = number;
