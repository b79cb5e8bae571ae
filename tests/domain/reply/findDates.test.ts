import fc from 'fast-check';
import { addDays, dayNumber, isLocalDate, isoWeekday } from '../../../domain/calendar/dates';
import { findDates } from '../../../domain/reply/findDates';
import { plainWords } from '../../../domain/reply/plainWords';

const tuesday = '2026-03-10';
const days = (text: string, today = tuesday): string[] => [...new Set(findDates(plainWords(text), today).map(({ on }) => on))];

describe('days counted from the day on which it was written', () => {
  test.each([
    ['in 1 week', '2026-03-17'], ['within a week', '2026-03-17'], ['in one week\'s time', '2026-03-17'], ['within the next week', '2026-03-17'], ['a week from today', '2026-03-17'], ['two weeks from now', '2026-03-24'], ['in a fortnight', '2026-03-24'],
    ['in the next ten days', '2026-03-20'], ['within 30 days', '2026-04-09'], ['within a month', '2026-04-10'], ['in 5 working days', '2026-03-17'], ['within ten business days', '2026-03-24'], ['in two weeks to your account', '2026-03-24'],
    ['in einer Woche', '2026-03-17'], ['innerhalb einer Woche', '2026-03-17'], ['innerhalb von 1 Woche', '2026-03-17'], ['binnen eines Monats', '2026-04-10'], ['heute in einer Woche', '2026-03-17'], ['in den nächsten zehn Tagen', '2026-03-20'],
    ['innerhalb der nächsten zwei Wochen', '2026-03-24'], ['in vierzehn Tagen', '2026-03-24'], ['in fünf Werktagen', '2026-03-17'], ['innerhalb von 3 Arbeitstagen', '2026-03-13'],
    ['dans une semaine', '2026-03-17'], ['sous 1 semaine', '2026-03-17'], ['d\'ici une semaine', '2026-03-17'], ['dans les 10 prochains jours', '2026-03-20'], ['sous huitaine', '2026-03-18'], ['dans un délai de quinze jours', '2026-03-25'], ['dans un mois', '2026-04-10'], ['sous 5 jours ouvrés', '2026-03-17'],
    ['en una semana', '2026-03-17'], ['dentro de 1 semana', '2026-03-17'], ['en el plazo de una semana', '2026-03-17'], ['en los próximos diez días', '2026-03-20'], ['en quince días', '2026-03-25'], ['dentro de un mes', '2026-04-10'], ['en 5 días hábiles', '2026-03-17'],
    ['the day after tomorrow', '2026-03-12'], ['übermorgen', '2026-03-12'], ['après-demain', '2026-03-12'], ['pasado mañana', '2026-03-12'], ['morgen', '2026-03-11'], ['demain', '2026-03-11'], ['mañana', '2026-03-11'], ['mañana por la mañana', '2026-03-11'],
  ])('%s is %s', (text, on) => expect(days(text)).toEqual([on]));

  test.each(['in a week or two', 'in 2 bis 3 Wochen', 'in two or three weeks', 'in a week or so', 'dans une semaine ou deux', 'en una o dos semanas', 'two weeks ago', 'vor einer Woche', 'il y a une semaine', 'hace una semana', 'over a week', 'guten Morgen', 'am Morgen', 'esta mañana'])(
    '%s names no day', (text) => expect(days(text)).toEqual([]));
  test('this morning is today', () => expect([days('heute Morgen'), days('Freitagmorgen'), days('am Freitag Morgen')]).toEqual([['2026-03-10'], [], ['2026-03-13']]));
});

describe('the ends of months and weeks', () => {
  const next = ['at the end of next month', 'by the end of the following month', 'Ende des nächsten Monats', 'Ende nächsten Monats', 'bis Ende kommenden Monats', 'Ende des Folgemonats', 'fin du mois prochain', 'à la fin du mois prochain', 'fin mois prochain', 'fin du prochain mois', 'fin du mois qui vient',
    'a fin del mes que viene', 'a finales del próximo mes', 'a final del mes que viene', 'a fines del mes siguiente', 'fin de mes que viene', 'next month-end'];
  const current = ['by the end of the month', 'end of this month', 'month end', 'Ende des Monats', 'bis Monatsende', 'Ende dieses Monats', 'fin du mois', 'à la fin de ce mois', 'a fin de mes', 'a finales de mes', 'a final de mes', 'a finales de este mes'];
  test.each(next)('%s', (text) => {
    expect(days(text)).toEqual(['2026-04-30']);
    expect([days(text, '2026-01-31'), days(text, '2027-12-05'), days(text, '2028-01-01')]).toEqual([['2026-02-28'], ['2028-01-31'], ['2028-02-29']]);
  });
  test.each(current)('%s', (text) => expect([days(text), days(text, '2027-12-31'), days(text, '2028-02-01')]).toEqual([['2026-03-31'], ['2027-12-31'], ['2028-02-29']]));
  test.each([['end of April'], ['Ende April'], ['fin avril'], ['fin du mois d\'avril'], ['a finales de abril'], ['a fin de abril de 2026'], ['by the end of April 2026']])('%s', (text) => expect(days(text)).toEqual(['2026-04-30']));
  test('in November, the end of January is next year\'s', () => expect(days('Ende Januar', '2026-11-24')).toEqual(['2027-01-31']));
  test.each(['end of next week', 'Ende nächster Woche', 'Ende der nächsten Woche', 'Ende kommender Woche', 'fin de la semaine prochaine', 'a finales de la semana que viene', 'a final de la próxima semana'])('%s', (text) => {
    expect([days(text), days(text, '2026-03-14'), days(text, '2026-03-16')]).toEqual([['2026-03-20'], ['2026-03-20'], ['2026-03-27']]);
  });
  test.each(['end of the week', 'Ende der Woche', 'bis zum Wochenende', 'fin de la semaine', 'fin de cette semaine', 'a finales de semana', 'a finales de esta semana'])('%s, on a Tuesday, a Friday and a Saturday', (text) => {
    expect([days(text), days(text, '2026-03-13'), days(text, '2026-03-14')]).toEqual([['2026-03-13'], ['2026-03-13'], ['2026-03-20']]);
  });
  test.each(['Schönes Wochenende', 'bonne fin de semaine', 'buen fin de semana', 'have a nice weekend'])('%s is a wish', (text) => expect(days(text)).toEqual([]));
  test.each(['on the 15th of next month', 'am 15. des nächsten Monats', 'bis zum 15. des Folgemonats', 'le 15 du mois prochain', 'el 15 del mes que viene', 'el día 15 del próximo mes'])('%s', (text) => expect(days(text)).toEqual(['2026-04-15']));
});

describe('for any day', () => {
  const anyDay = fc.integer({ min: dayNumber('2020-01-01'), max: dayNumber('2040-12-31') }).map((day) => addDays('1970-01-01', day));
  const inWeeks = [['in $ weeks', 'in $ week'], ['in $ Wochen', 'in $ Woche'], ['dans $ semaines', 'dans $ semaine'], ['en $ semanas', 'en $ semana']] as const;
  const monthOf = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  const inMonths = ['in $ months', 'in $ Monaten', 'dans $ mois', 'en $ meses'];

  test('so many weeks on is the same day of the week', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 20 }), fc.constantFrom(...inWeeks), (today, weeks, [many, one]) => {
      expect(days((weeks === 1 ? one : many).replace('$', String(weeks)), today)).toEqual([addDays(today, 7 * weeks)]);
    }));
  });
  test('so many months on is the same day of the month, or its last', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 12 }), fc.constantFrom(...inMonths), (today, months, text) => {
      const [on = ''] = days(text.replace('$', String(months)), today);
      expect([isLocalDate(on), monthOf(on) - monthOf(today)]).toEqual([true, months]);
      expect(on.slice(8) === today.slice(8) || (on.slice(8) < today.slice(8) && addDays(on, 1).endsWith('-01'))).toBe(true);
    }));
  });
  test('working days end on one, and each week has five', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 12 }), fc.constantFrom('in $ working days', 'in $ Werktagen', 'sous $ jours ouvrés', 'en $ días hábiles'), (today, count, text) => {
      const [on = ''] = days(text.replace('$', String(count)), today);
      const between = Array.from({ length: dayNumber(on) - dayNumber(today) }, (_, index) => isoWeekday(dayNumber(today) + index + 1));
      expect([isoWeekday(dayNumber(on)) <= 5, between.filter((weekday) => weekday <= 5).length]).toEqual([true, count]);
    }));
  });
  test('the end of next month is the day before the first of the one after', () => {
    fc.assert(fc.property(anyDay, fc.constantFrom('end of next month', 'Ende nächsten Monats', 'fin du mois prochain', 'a fin del mes que viene'), (today, text) => {
      const [on = ''] = days(text, today);
      expect([addDays(on, 1).slice(8), monthOf(on) - monthOf(today)]).toEqual(['01', 1]);
    }));
  });
});
