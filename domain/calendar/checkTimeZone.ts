import { nearest } from '../policy/nearest';
import { timeZoneNames } from './timeZoneNames';
import { isTimeZone } from './zones';

const byFoldedName = new Map(timeZoneNames.map((name) => [name.toLowerCase(), name]));
const byCity = new Map(timeZoneNames.map((name) => [cityOf(name), name]));

/** What these letters are used for; which was meant only the ledger's owner knows. */
const meanings: Readonly<Record<string, string>> = {
  AST: 'America/Halifax or Asia/Riyadh', BST: 'Europe/London or Asia/Dhaka', CST: 'America/Chicago or Asia/Shanghai', ECT: 'Europe/Paris or America/Guayaquil', EST: 'America/New_York or America/Panama',
  GST: 'Asia/Dubai', IST: 'Asia/Kolkata, Europe/Dublin or Asia/Jerusalem', MST: 'America/Denver or America/Phoenix', PST: 'America/Los_Angeles or Asia/Manila', SST: 'Pacific/Pago_Pago or Pacific/Guadalcanal',
};

const known = new Map<string, boolean>();

/** The IANA name of a zone as it is written, whatever the case it is given in; null when it is none that may be used. */
export function timeZoneNamed(text: string): string | null {
  const name = byFoldedName.get(text.toLowerCase());
  if (name === undefined) return null;
  // An older Node.js has older zones, and looking takes long enough to be noticed in a file of customers.
  let isKnown = known.get(name);
  if (isKnown === undefined) known.set(name, (isKnown = isTimeZone(name)));
  return isKnown ? name : null;
}

const reasons = new Map<string, string | null>();
/** Far more than a ledger has; beyond it the memory is emptied rather than grown. */
const remembered = 10_000;

/**
 * Null when a text names a zone that means the same here and in PostgreSQL, else why not. All that takes a zone in asks this: what only one of
 * the two knows makes every page fail that shows the customer, and what they know differently sends mail at the wrong hour.
 */
export function checkTimeZone(text: string): string | null {
  let reason = reasons.get(text);
  if (reason === undefined) {
    if (reasons.size >= remembered) reasons.clear();
    reasons.set(text, (reason = timeZoneNamed(text) === null ? `is not an IANA time zone of the form Area/City; ${adviceFor(text)}` : null));
  }
  return reason;
}

function adviceFor(text: string): string {
  const meant = meanings[text.toUpperCase()];
  if (meant !== undefined) return `the abbreviation is not clear, write ${meant}`;
  const suggested = zoneMeantBy(text) ?? byCity.get(cityOf(text)) ?? (text.length <= longestName ? nearest(text, timeZoneNames) : null);
  return suggested === null ? 'write it like Europe/Berlin' : `did you mean ${suggested}?`;
}

const longestName = 40;

/** The Area/City of a zone that goes by another name, such as Asia/Tokyo for Japan; null when it is none. */
export function zoneMeantBy(text: string): string | null {
  const name = timeZoneNamed(text);
  if (name !== null || !isTimeZone(text)) return name;
  return timeZoneNamed(new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone);
}

function cityOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase().replaceAll(' ', '_');
}
