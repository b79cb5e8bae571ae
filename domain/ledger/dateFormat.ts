import type { LocalDate } from '../calendar/dates';
import { isLedgerDate } from './checks';

export class DateFormatError extends Error {
  override name = 'DateFormatError';
}

const datesKnownMax = 10_000;

/** Reads a date's text in one format; null when the text is not such a date. */
export type DateReader = (text: string) => LocalDate | null;

/**
 * Compiles a date format: `yyyy`, `MM` or `M`, `dd` or `d`, and anything else as itself. `M` and `d` take one digit or two; `YYYY` and `DD` do as well.
 * `dateReader('M/d/yyyy')('4/6/2013')` is '2013-04-06'. Throws DateFormatError for a format that lacks a part or repeats it.
 */
export function dateReader(format: string): DateReader {
  const parts: ('year' | 'month' | 'day')[] = [];
  const pattern = format.replace(/yyyy|YYYY|MM?|dd?|DD?|[A-Za-z]+|[^A-Za-z]/g, (token) => {
    // YYYY and DD are the habit of spreadsheets; in a date they can mean nothing else.
    switch (token.replace(/[YD]/g, (letter) => letter.toLowerCase())) {
      case 'yyyy': parts.push('year'); return '(\\d{4})';
      case 'MM': parts.push('month'); return '(\\d{2})';
      case 'M': parts.push('month'); return '(\\d{1,2})';
      case 'dd': parts.push('day'); return '(\\d{2})';
      case 'd': parts.push('day'); return '(\\d{1,2})';
      default:
        if (/[A-Za-z]/.test(token)) throw new DateFormatError(`"${token}" in the date format "${format}" is not known; use yyyy, MM or M, dd or d`);
        return token.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
    }
  });
  const [year, month, day] = [parts.indexOf('year') + 1, parts.indexOf('month') + 1, parts.indexOf('day') + 1];
  if (parts.length !== 3 || !year || !month || !day) throw new DateFormatError(`The date format "${format}" must have yyyy, MM or M, and dd or d, each once`);
  const whole = new RegExp(`^${pattern}$`);
  const read = (text: string): LocalDate | null => {
    const match = whole.exec(text);
    if (!match) return null;
    const date = `${match[year]}-${match[month]!.padStart(2, '0')}-${match[day]!.padStart(2, '0')}`;
    return isLedgerDate(date) ? date : null;
  };
  // A file of a million rows has a few thousand dates.
  const known = new Map<string, LocalDate | null>();
  return (text) => {
    let date = known.get(text);
    if (date === undefined) {
      date = read(text);
      if (known.size < datesKnownMax) known.set(text, date);
    }
    return date;
  };
}
