import { assertNever } from '../assertNever';
import { addDays, dateOfDay, dayNumber, isLocalDate, isoWeekday, type LocalDate } from '../calendar/dates';

/** A date in a text, and where it stands. */
export interface FoundDate {
  on: LocalDate;
  at: number;
}

/** "Next", as it stands after a noun in French and Spanish. */
const nextAfter = 'prochaine?|suivante?|qui vient|proxim[oa]|siguiente|entrante|que (?:viene|entra)';
const notOfNext = `(?! (?:of )?(?:next|following|coming|${nextAfter})\\b)`;
const nextBefore = 'nachste[nrs]?|kommende[nrs]?|folgende[nrs]?';

/** The month after this one, by name. */
export const nextMonthNamed = `(?:next|following|coming) month|(?:${nextBefore}) monats?|folgemonats|(?:mois|mes) (?:${nextAfter})|prochain mois|(?:proximo|siguiente|entrante) mes`;
const endOfNextMonth = `(?:end of (?:the )?|ende (?:des )?|fin (?:du )?|fin(?:al(?:es)?|es)? del? )(?:${nextMonthNamed})|next month(?:'s)?[- ]end`;
const endOfMonth = `(?:end of (?:the |this )?month|month[- ]?end|ende (?:des|dieses|diesen) (?:laufenden )?monats|monatsende|fin (?:du|de ce) mois|fin(?:al(?:es)?|es)? de(?:l| este)? mes)\\b${notOfNext}`;
const monthEnds = new RegExp(`\\b(?:(${endOfNextMonth})|${endOfMonth})\\b`, 'g');

const nextWeekNamed = `(?:next|following|coming) week|(?:${nextBefore}) woche|semaine (?:prochaine|suivante|qui vient)|prochaine semaine|semana (?:${nextAfter})|(?:proxima|siguiente) semana`;
const endOfNextWeek = `(?:end of (?:the )?|ende (?:der )?|fin de (?:la )?|final(?:es)? de (?:la )?)(?:${nextWeekNamed})`;
// "Schönes Wochenende" and "bonne fin de semaine" are wishes.
const endOfWeek = `(?:end of (?:the |this )?week|ende (?:der|dieser) woche|(?:bis|zum|vor dem|noch am) (?:zum )?wochenende|(?<!\\bbonne )fin de (?:la |cette )?semaine|final(?:es)? de (?:la |esta )?semana)\\b${notOfNext}`;
const weekEnds = new RegExp(`\\b(?:(${endOfNextWeek})|${endOfWeek})\\b`, 'g');

/** Whether a text speaks of the week after this one. */
export const nextWeek = new RegExp(`\\b(?:${nextWeekNamed})\\b`);

/** The last day of a month that is so many months after that of a day. */
export function monthEnd(today: LocalDate, monthsOn = 0): LocalDate {
  return addDays(monthStart(today, monthsOn + 1), -1);
}

function monthStart(today: LocalDate, monthsOn: number): LocalDate {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + monthsOn;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}

/** The ends of this and of the next month, and of this and of the next week, which is its Friday. */
export function ends(words: string, today: LocalDate): FoundDate[] {
  const friday = addDays(today, 5 - isoWeekday(dayNumber(today)));
  return [
    ...[...words.matchAll(monthEnds)].map((match) => ({ on: monthEnd(today, match[1] === undefined ? 0 : 1), at: match.index })),
    // On a Saturday this week's end is the next one's.
    ...[...words.matchAll(weekEnds)].map((match) => ({ on: match[1] === undefined && friday >= today ? friday : addDays(friday, 7), at: match.index })),
  ];
}

const numbers: Readonly<Record<string, number>> = {
  a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, twelve: 12, fourteen: 14, fifteen: 15, twenty: 20, thirty: 30,
  ein: 1, eine: 1, einem: 1, einen: 1, einer: 1, eines: 1, zwei: 2, drei: 3, vier: 4, funf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9, zehn: 10, zwolf: 12, vierzehn: 14, zwanzig: 20, dreissig: 30,
  un: 1, une: 1, deux: 2, trois: 3, quatre: 4, cinq: 5, sept: 7, huit: 8, neuf: 9, dix: 10, douze: 12, quatorze: 14, quinze: 15, vingt: 20, trente: 30,
  una: 1, uno: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10, doce: 12, catorce: 14, quince: 15, veinte: 20, treinta: 30,
};
type Unit = 'day' | 'business day' | 'week' | 'fortnight' | 'month';
const units: readonly (readonly [unit: Unit, names: RegExp])[] = [
  ['business day', /^(?:(?:working|business|banking) days?|(?:werk|arbeits|bankarbeits)tag\w*|jours? ouvr\w+|dias? (?:habiles?|laborables?))$/], ['day', /^(?:days?|tag\w*|jours?|dias?)$/], ['week', /^(?:weeks?|wochen?|semaines?|semanas?)$/],
  ['fortnight', /^fortnights?$/], ['month', /^(?:months?|monat\w*|mois|mes(?:es)?)$/],
];
const count = `(?:\\d{1,2}|${Object.keys(numbers).join('|')})`;
const unit = '((?:working |business |banking )?days?|(?:werk|arbeits|bankarbeits)?tag(?:en|es|e)?|jours?(?: ouvr(?:es?|ables?))?|dias?(?: (?:habiles?|laborables?))?|weeks?|wochen?|semaines?|semanas?|fortnights?|months?|monat(?:en|es|e|s)?|mois|mes(?:es)?)';
const within = "(?:in|within|innerhalb(?: von)?|binnen|dans(?: les| un delai de)?|sous|d'ici(?: a)?|en(?: los| las| un plazo de| el plazo de)?|dentro de(?: los| las)?)";
// "In a week or two", "in one week to ten days": who says so names no day.
const noRange = `(?! (?:or|oder|ou|o|to|bis|a) (?:so|${count})\\b)`;
const counted = new RegExp(`\\b(?:${within} (?:the (?:next |coming )?|de[nr] (?:nachsten|kommenden) |proxim[oa]s )?(${count}) (?:prochaine?s )?${unit}\\b${noRange}|(${count}) ${unit} from (?:now|today)\\b)`, 'g');
/** A number of its own is left out: "within the next week", "sous huitaine". */
const uncounted: readonly (readonly [days: number, RegExp])[] = [[7, /\bwithin the (?:next|coming) week\b/], [8, /\bsous huitaine\b/], [15, /\b(?:sous|dans la) quinzaine\b/]];

/** "In two weeks", "within 5 working days", "dans un mois". */
function countedDates(words: string, today: LocalDate): FoundDate[] {
  const named = [...words.matchAll(counted)].flatMap((match) => {
    const [times = '', name = ''] = match.slice(1).filter((group) => group !== undefined);
    const found = units.find(([, names]) => names.test(name));
    return found ? [{ on: later(today, numbers[times] ?? Number(times), found[0]), at: match.index }] : [];
  });
  return [...named, ...uncounted.flatMap(([days, pattern]) => {
    const match = pattern.exec(words);
    return match ? [{ on: addDays(today, days), at: match.index }] : [];
  })];
}

function later(today: LocalDate, times: number, of: Unit): LocalDate {
  switch (of) {
    case 'day': return addDays(today, times);
    case 'business day': return businessDaysLater(today, times);
    case 'week': return addDays(today, 7 * times);
    case 'fortnight': return addDays(today, 14 * times);
    // From 31 January a month is until the last of February.
    case 'month': return [`${monthStart(today, times).slice(0, 8)}${today.slice(8)}`, monthEnd(today, times)].sort()[0]!;
    default: return assertNever(of);
  }
}

/** Mondays to Fridays: whose holidays a customer means is not known. */
function businessDaysLater(today: LocalDate, days: number): LocalDate {
  let day = dayNumber(today);
  for (let left = days; left > 0;) {
    day += 1;
    if (isoWeekday(day) <= 5) left -= 1;
  }
  return dateOfDay(day);
}

/** Words for a day near today. A morning is no tomorrow: "guten Morgen", "heute Morgen", "por la mañana". */
const near: readonly (readonly [days: number, RegExp])[] = [
  [2, /\b(?:day after tomorrow|ubermorgen|apres[- ]demain|pasado manana)\b/],
  [1, /\b(?:(?<!\bday after )tomorrow|(?<!\b(?:guten|schonen|heute|gestern|am|jeden|diesen|(?:mon|diens|mitt|donners|frei|sams|sonn)[a-z]+) )morgen|(?<!\bapres[- ])demain|(?<!\b(?:la|las|esta|pasado) )manana)\b/],
  [0, new RegExp(`\\b(?:(?<!\\bfrom )today|heute(?! in ${count} )|aujourd'hui|hoy)\\b`)],
];

/** Days counted from today. */
export function relative(words: string, today: LocalDate): FoundDate[] {
  const named = near.flatMap(([days, pattern]) => {
    const match = pattern.exec(words);
    return match ? [{ on: addDays(today, days), at: match.index }] : [];
  });
  return [...named, ...countedDates(words, today), ...ofNextMonth(words, today)];
}

const dayOfNextMonth = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th|er|\\.)? (?:of (?:the )?|de[sl] |du )?(?:${nextMonthNamed})\\b`, 'g');

/** "On the 15th of next month", "am 15. des Folgemonats". */
function ofNextMonth(words: string, today: LocalDate): FoundDate[] {
  return [...words.matchAll(dayOfNextMonth)].flatMap((match) => {
    const on = `${monthStart(today, 1).slice(0, 8)}${match[1]!.padStart(2, '0')}`;
    return isLocalDate(on) ? [{ on, at: match.index }] : [];
  });
}
