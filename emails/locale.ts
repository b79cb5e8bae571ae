import { dayNumber, dayMs, type LocalDate } from '../domain/calendar/dates';
import { currencyDigits, formatMoney, type Money } from '../domain/money/money';

export const languages = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof languages)[number];

/** The recipient's way of writing amounts, dates and lists. */
export interface Locale {
  language: Language;
  /** BCP 47, for `lang` in HTML. */
  tag: string;
  money(amount: Money): string;
  /** Several amounts, one per currency: "€1,200.00 and $300.00". */
  amounts(amounts: readonly Money[]): string;
  date(date: LocalDate): string;
  /** With the weekday: for dates by which something is to be done. */
  dueDate(date: LocalDate): string;
  /** In digits. */
  shortDate(date: LocalDate): string;
  number(value: string): string;
  /** Whether a count takes the singular: 1 in most languages, 0 too in French. */
  isOne(count: number): boolean;
}

const byTag = new Map<string, Locale>();

/** The locale of a BCP 47 tag. What is not a tag, or has no translation, is English. */
export function localeOf(language: string): Locale {
  return localeOfTag(writableTag(language, translated));
}

/** The locale of a template's words, which may be of any language that amounts and dates can be written in. The frame's own words are English where they have no translation. */
export function localeOfWords(language: string): Locale {
  return localeOfTag(writableTag(language, (tag) => translated(tag) || Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0));
}

function localeOfTag(tag: string): Locale {
  let locale = byTag.get(tag);
  if (!locale) byTag.set(tag, (locale = makeLocale(tag)));
  return locale;
}

function translated(tag: string): boolean {
  return languages.some((known) => known === tag.split('-')[0]);
}

function writableTag(language: string, isWritable: (tag: string) => boolean): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(language.replace('_', '-'));
    if (canonical && isWritable(canonical)) {
      // Extensions (`-u-…`) could change digits and calendar; a region is all that is wanted.
      const { language: base, region } = new Intl.Locale(canonical);
      return region ? `${base}-${region}` : base;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 'en';
}

function makeLocale(tag: string): Locale {
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const dueDate = new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeZone: 'UTC' });
  const shortDate = new Intl.DateTimeFormat(tag, { dateStyle: 'short', timeZone: 'UTC' });
  const plural = new Intl.PluralRules(tag);
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 6 });
  const byCurrency = new Map<string, Intl.NumberFormat>();

  const money = ({ amountMinor, currency }: Money): string => {
    let format = byCurrency.get(currency);
    if (!format) {
      // The ledger's digits, not ICU's: they differ for some currencies (IQD has three by ISO 4217).
      const digits = currencyDigits(currency);
      format = new Intl.NumberFormat(tag, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
      byCurrency.set(currency, format);
    }
    return format.format(formatMoney(amountMinor, currency) as Intl.StringNumericLiteral);
  };
  return {
    language: languages.find((known) => known === tag.split('-')[0]) ?? 'en',
    tag,
    money,
    amounts: (amounts) => list.format(amounts.map(money)),
    date: (of) => date.format(dayNumber(of) * dayMs),
    dueDate: (of) => dueDate.format(dayNumber(of) * dayMs),
    shortDate: (of) => shortDate.format(dayNumber(of) * dayMs),
    isOne: (count) => plural.select(count) === 'one',
    number: (value) => number.format(value as Intl.StringNumericLiteral),
  };
}
