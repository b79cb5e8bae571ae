/** What a condition asks for and whoever read the facts left out is a mistake of the program: to take it for missing would decide on what nobody looked at. */
export function known<T>(fact: T | undefined, what: string): T {
  if (fact === undefined) throw new Error(`A condition asks ${what}, which was not read; domain/condition/asked says what conditions ask for`);
  return fact;
}
