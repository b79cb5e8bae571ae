import { isLocalDate, type InstantMs } from '../calendar/dates';

/** Checks of single values: null when right, else why not. Files and the API share them. */

export const checkCountry = (code: string): string | null => (/^[A-Z]{2}$/.test(code) ? null : 'is not an ISO 3166-1 country code of two capital letters, such as DE');

export const checkLanguage = (code: string): string | null => (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(code) ? null : 'is not a language code such as en or pt-BR');

/** As much as can be said without sending: one @, no blanks, a domain. RFC 5321 allows 254 characters. */
export const checkEmail = (email: string): string | null =>
  email.length <= 254 && /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]+$/.test(email) ? null : 'is not an email address';

const instantPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i;

/** A date that the database can hold too: it knows no year 0. */
export const isLedgerDate = (text: string): boolean => isLocalDate(text) && !text.startsWith('0000');

/** The instant of an ISO text with its offset, such as `2026-03-01T10:00:00Z`; null when it is none. */
export function readInstant(text: string): InstantMs | null {
  const match = instantPattern.exec(text);
  if (!match || !isLedgerDate(match[1]!)) return null;
  const instant = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(instant) ? null : instant;
}

/** A date, or an instant with its offset: how the ledger says when money came. */
export const checkReceivedAt = (text: string): string | null =>
  isLedgerDate(text) || readInstant(text) !== null ? null : 'must be a date such as 2026-03-01, or an instant with its offset such as 2026-03-01T10:00:00Z';

export const checkTotal = (minor: number): string | null => (minor >= 0 ? null : 'is negative; what a customer is owed is a credit note');
export const checkAmount = (minor: number): string | null =>
  minor > 0 ? null : minor === 0 ? 'must be more than zero' : 'is negative; money that goes back is a refund or a reversal of its payment';
