/** The value if it is one of those that exist: addresses are typed by people and bookmarked for years. */
export function oneOf<const Value extends string>(values: readonly Value[], value: string | undefined): Value | undefined {
  return values.find((each) => each === value);
}
