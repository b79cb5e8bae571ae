import { addDays, dateOfDay, dayNumber, isLocalDate, isoWeekday, type LocalDate } from '../calendar/dates';
import { ends, monthEnd, nextMonthNamed, nextWeek, relative, type FoundDate } from './relativeDates';

const months: readonly RegExp[] = [
  'jan(?:uary|uar|vier)?|enero|janner', 'feb(?:ruary|ruar|rero)?|fevrier', 'mar(?:ch|s|z|zo)?|maerz', 'apr(?:il)?|avril|abril', 'may|mai|mayo', 'june?|juni|juin|junio',
  'july?|juli|juillet|julio', 'aug(?:ust)?|aout|agosto', 'sep(?:t(?:ember|iembre|embre)?)?', 'oct(?:ober|obre|ubre)?|okt(?:ober)?', 'nov(?:ember|embre|iembre)?', 'dec(?:ember|embre)?|dez(?:ember)?|dic(?:iembre)?',
].map((names) => new RegExp(`^(?:${names})\\.?$`));
const weekdays: readonly RegExp[] = [
  'monday|montags?|lundi|lunes', 'tuesday|dienstags?|mardi|martes', 'wednesday|mittwochs?|mercredi|miercoles', 'thursday|donnerstags?|jeudi|jueves',
  'friday|freitags?|vendredi|viernes', 'saturday|samstags?|sonnabend|samedi|sabado', 'sunday|sonntags?|dimanche|domingo',
].map((names) => new RegExp(`(?<!\\b(?:last|this past|letzte[nr]?|vergangene[nr]?|vorige[nr]?|pasado) )\\b(?:${names})\\b(?! (?:dernier|passe|pasado)\\b)`));

/**
 * The days that a text of plain words names, in English, German, French and Spanish, in the order in which they stand. Relative ones are counted from `today`; a date
 * without a year is this year's, or next year's when it is more than half a year past; of two readings of 04/03 the one is taken that is not past, or both, the day first.
 */
export function findDates(words: string, today: LocalDate): FoundDate[] {
  const named = [...isoDates(words), ...numericDates(words, today), ...monthDates(words, today), ...monthEndsNamed(words, today)];
  // A weekday next to a written date says the same, and is not counted again.
  const found = named.length > 0 ? named : [...ends(words, today), ...weekdayDates(words, today), ...relative(words, today), ...bareDays(words, today)];
  return found.sort((a, b) => a.at - b.at);
}

function isoDates(words: string): FoundDate[] {
  return [...words.matchAll(/\b(\d{4}-\d{2}-\d{2})\b/g)].filter((match) => isLocalDate(match[1]!)).map((match) => ({ on: match[1]!, at: match.index }));
}

function numericDates(words: string, today: LocalDate): FoundDate[] {
  return [...words.matchAll(/(?<![\d.,/-])(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/€%]|[.,]\d)/g)].flatMap((match) => {
    const [, first = '', separator, second = '', year] = match;
    // "42.50" is money, and "24-7" no date: without a year only 24.3., 24/3 and their like.
    if (separator === '-' && year === undefined) return [];
    const readings = [day(first, second, year, today), separator === '/' ? day(second, first, year, today) : null].filter((on) => on !== null);
    const coming = [...new Set(readings.filter((reading) => reading >= today))];
    return (coming.length > 0 ? coming : readings.slice(0, 1)).map((on) => ({ on, at: match.index }));
  });
}

function monthDates(words: string, today: LocalDate): FoundDate[] {
  const dayFirst = [...words.matchAll(/\b(\d{1,2})(?:st|nd|rd|th|er|\.)?\s?(?:of |de )?([a-z]{3,10})\.?(?:,? (?:de |del )?(\d{4}))?/g)].map((match) => ({ match, day: match[1]!, month: match[2]!, year: match[3] }));
  const monthFirst = [...words.matchAll(/\b([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?\b(?!:)(?:,? (\d{4}))?/g)].map((match) => ({ match, day: match[2]!, month: match[1]!, year: match[3] }));
  return [...dayFirst, ...monthFirst].flatMap(({ match, day: dayText, month, year }) => {
    const number = months.findIndex((name) => name.test(month)) + 1;
    const on = number === 0 ? null : day(dayText, String(number), year, today);
    return on === null ? [] : [{ on, at: match.index }];
  }).filter((found, index, all) => all.findIndex(({ on }) => on === found.on) === index);
}

const endOfNamed = /\b(?:(?:end of|ende(?: des monats)?|fin(?: du mois)?(?: de)?|fin(?:al(?:es)?|es)? de(?:l mes de)?) |fin(?: du mois)? d')([a-z]{3,10})\.?(?: (?:de |del )?(\d{4}))?\b/g;

/** "End of April", "Ende April", "fin avril", "a finales de abril". */
function monthEndsNamed(words: string, today: LocalDate): FoundDate[] {
  return [...words.matchAll(endOfNamed)].flatMap((match) => {
    const month = months.findIndex((name) => name.test(match[1]!)) + 1;
    const first = month === 0 ? null : day('1', String(month), match[2], today);
    return first === null ? [] : [{ on: monthEnd(first), at: match.index }];
  });
}

/** A date of the year given; without one this year's, or in autumn the next one's spring. */
function day(dayText: string, month: string, year: string | undefined, today: LocalDate): LocalDate | null {
  const of = (in_: number): LocalDate | null => {
    const text = `${in_}-${month.padStart(2, '0')}-${dayText.padStart(2, '0')}`;
    return isLocalDate(text) ? text : null;
  };
  if (year !== undefined) return of(Number(year.length === 2 ? `20${year}` : year));
  const thisYear = Number(today.slice(0, 4));
  const on = of(thisYear);
  return on !== null && dayNumber(today) - dayNumber(on) > 180 ? of(thisYear + 1) : on;
}

function weekdayDates(words: string, today: LocalDate): FoundDate[] {
  const isNextWeek = nextWeek.test(words);
  return weekdays.flatMap((name, index) => {
    const match = name.exec(words);
    if (!match) return [];
    const monday = dayNumber(today) - isoWeekday(dayNumber(today)) + 1;
    return [{ on: isNextWeek ? dateOfDay(monday + 7 + index) : nextWeekday(today, index + 1), at: match.index }];
  });
}

/** The next such weekday after today. */
function nextWeekday(today: LocalDate, weekday: number): LocalDate {
  return addDays(today, ((weekday - isoWeekday(dayNumber(today)) + 6) % 7) + 1);
}

/** "on the 18th", "am 18.", "le 18", "el 18": the next such day of a month. */
const bareDay = new RegExp(`\\b(?:(?:on|by|until) the (\\d{1,2})(?:st|nd|rd|th)|(?:am|zum|bis) (\\d{1,2})\\.(?!\\d)|le (\\d{1,2})\\b|el (?:dia )?(\\d{1,2})\\b)(?! (?:of (?:the )?|de[sl] |du )?(?:${nextMonthNamed})\\b)`);

function bareDays(words: string, today: LocalDate): FoundDate[] {
  const match = bareDay.exec(words);
  const number = match?.slice(1).find((group) => group !== undefined);
  if (!match || number === undefined) return [];
  const candidates = [today, addDays(monthEnd(today), 1)].map((base) => `${base.slice(0, 8)}${number.padStart(2, '0')}`).filter(isLocalDate);
  const on = candidates.find((date) => date >= today);
  return on === undefined ? [] : [{ on, at: match.index }];
}
