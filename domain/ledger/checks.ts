import { isLocalDate, type InstantMs } from '../calendar/dates';
import { isStorable } from '../storableText';

/** Checks of single values: null when right, else why not. Files and the API share them. */

/** How long texts may be, in files as over the API. An invoice's id is part of its workflow's, which Temporal holds to 1,000 bytes. */
export const textMax = { externalId: 200, text: 500, code: 100, region: 20, phone: 50, customName: 200 } as const;

const maxOfField: Readonly<Record<string, number>> = { business_unit: textMax.code, type: textMax.code, tier: textMax.code, region: textMax.region, phone: textMax.phone };
// Line breaks and the like: they split what the id is written into, such as a log, a file or an address.
const unfitForIds = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

export const checkExternalId = (id: string): string | null =>
  unfitForIds.test(id) ? 'holds a control character such as a line break, which no id may' : checkLength(id, textMax.externalId);

/** What every text of a field must keep to, whatever else is asked of it: PostgreSQL can keep it, and it has an end. */
export const checkFieldText = (field: string, text: string): string | null =>
  checkStorable(text) ?? (field.endsWith('external_id') ? checkExternalId(text) : checkLength(text, maxOfField[field] ?? textMax.text));

/** What even a text without a limit must keep to, such as that of a custom field. */
export function checkStorable(text: string): string | null {
  if (isStorable(text)) return null;
  return text.includes('\0') ? 'holds a NUL character, which no field can' : 'holds half of a character, where text was cut in the middle of one';
}

function checkLength(text: string, max: number): string | null {
  return text.length <= max ? null : `has ${text.length} characters; at most ${max} are taken`;
}

/** In JavaScript an object's `__proto__` is no field of its own, so that its values would be lost. */
export const checkCustomName = (name: string): string | null => (name === '__proto__' ? 'cannot be the name of a custom field' : checkLength(name, textMax.customName));

const shownMax = 80;
const escapes: Readonly<Record<string, string>> = { '\0': '\\0', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text as it is told in a line of a report: without line breaks, and its beginning where it is long. */
export function shown(text: string): string {
  const cut = text.length <= shownMax ? text : `${text.slice(0, shownMax)}…`;
  return cut.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, (character) => escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

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

/** A hundred billion in a currency of two decimals. What is larger is an account number in the wrong column, and some of it would take sums beyond the integers that are exact. */
export const amountMinorMax = 10_000_000_000_000;
const tooLarge = (minor: number): string | null => (minor > amountMinorMax ? 'is more than one amount may be: a hundred billion in a currency of two decimals' : null);

export const checkTotal = (minor: number): string | null => (minor >= 0 ? tooLarge(minor) : 'is negative; what a customer is owed is a credit note');
export const checkAmount = (minor: number): string | null =>
  minor > 0 ? tooLarge(minor) : minor === 0 ? 'must be more than zero' : 'is negative; money that goes back is a refund or a reversal of its payment';
