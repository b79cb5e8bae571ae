import type { LocalDate } from '../calendar/dates';

/** As many contacts as any cap can ask about: no cap allows more. */
export const contactsKept = 31;

/** The contacts of a customer after another one: newest first, and no more than can matter. */
export function withContact(contacts: readonly LocalDate[], on: LocalDate): readonly LocalDate[] {
  return [on, ...contacts].slice(0, contactsKept);
}
