import { sureEnough, type Classification, type ReplyText } from './classification';
import { findAmounts } from './findAmount';
import { findDates } from './findDates';
import type { FoundDate } from './relativeDates';
import { wordsOf } from './plainWords';
import { isConditional, saysUnpaid } from './qualified';

/** As sure as an answer may be of which something else casts doubt: a person decides. */
const doubtedMost = sureEnough - 0.05;

/** Of all that is open, not all. */
const ofAll = [
  '\\b(?:half|part of|partial\\w*|part payment|instal?lments?|deposit|down payment|the rest|remainder)\\b|\\d ?(?:%|percent|prozent|pour ?cent|por ciento)',
  '\\b(?:halfte|teilzahlung\\w*|teilbetrag\\w*|anzahlung|raten?|ratenzahlung|restbetrag|den rest)\\b', "\\b(?:moitie|acompte|partiel\\w*|une partie|echeancier|le reste|en (?:deux|trois|quatre|plusieurs) fois)\\b",
  '\\b(?:mitad|a plazos|pago parcial|parcialmente|anticipo|una parte|el resto|en (?:dos|tres|varios) pagos)\\b',
];
const partly = new RegExp(ofAll.join('|'));
/** "We will pay 500 on Friday": a number where an amount stands, without its currency. */
const payNumber = /\b(?:pay|paying|transfer|send|wire|remit|zahlen?|bezahlen|uberweisen?|payer(?:ons|ai)?|paierons|reglerons|verser(?:ons|ai)?|virer(?:ons|ai)?|pagar(?:emos)?|transferiremos|abonar(?:emos)?) (?:you |only |ihnen |nur |erst |vous |les |solo )?(?=\d)|(?<!\b(?:rechnung|nr\.?|nummer) )(?<![\d.,-])(?=\d{2,}[\d.,]* (?:uberweis|zahl|anweis)\w*)/g;

/** Whether a text promises a part of what is open, without saying which in money. */
function isPart(words: string, dates: readonly FoundDate[]): boolean {
  return partly.test(words) || [...words.matchAll(payNumber)].some((match) => !dates.some(({ at }) => at === match.index + match[0].length));
}

const happened = '(?:received|got|spoke|called|talked|met|erhalten|bekommen|gesprochen|telefoniert|recu|parle|recibid[oa]s?|recibimos|hablamos|hablado|call|phone call|anruf|telefonat|appel|llamada)';
const dayNamed = '(?:today|heute|aujourd\'hui|hoy|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|lunes|martes|miercoles|jueves|viernes)';
/** The day of something that has happened: "your call on Monday", "wir haben heute Ihre Mahnung erhalten". */
const dayOfPast = new RegExp(`\\b${happened}\\b[^.?!\\n]{0,40}\\b${dayNamed}\\b|\\b${dayNamed}\\b[^.?!\\n]{0,40}\\b${happened}\\b`);

/** "We do not dispute it". */
const notDisputed = /\b(not?|n't|nothing|never|without|nicht|nichts|keine?|pas|rien|aucune?|sin|ningun[ao]?|nada) (\w+ ){0,2}(dispute|wrong|complain\w*|damaged|defective|reklam\w*|beanstand\w*|widersp\w*|falsch|contest\w*|litige|reclam\w*|impugn\w*|incorrect\w*|erron\w*)\b|\bne (contest\w*|refus\w*) (pas|rien|nullement)\b/;
/** "Do not unsubscribe me". */
const notUnsubscribed = /\b(not|never|nicht|kein\w*|pas|no|(?:do|ca|wo|did|would)n'?t) (\w+ ){0,2}(unsubscribe|stop|remove|delete|abmeld\w*|abbestell\w*|desabonn\w*|desinscri\w*|(?:de )?baja)\b/;

/** Asked, not said. */
const paidAsked = /\b(paid|settled|transferred|payment|bezahlt|gezahlt|uberwiesen|beglichen|zahlung|paye\w*|regle\w*|virement|paiement|pagad\w+|abonad\w+|pago|transferencia)\b[^.!?\n]{0,60}\?/;
/** Of several invoices, not all. */
const partlyOpen = /\b(still|yet|remains?) (open|outstanding|unpaid|to be paid|due)\b|\b(noch|weiterhin) (offen|unbezahlt)\b|\b(reste|encore) (a payer|du|ouverte?|impayee?)\b|\b(todavia|aun|sigue) (pendiente|abiert[oa]|sin pagar)\b/;

/**
 * What casts doubt on a reading that would act by itself, in words; null: nothing does. A promise that is none stops reminders to somebody who does not pay, and one for the wrong day or amount
 * misleads whoever forecasts by it, so that of two readings a person takes one. A dispute that is none holds back what is owed.
 */
function doubtOf({ kind, amount }: Classification, reply: ReplyText): string | null {
  const words = wordsOf(reply);
  switch (kind) {
    case 'promise': {
      if (saysUnpaid(words)) return 'it also says that something is not paid';
      if (isConditional(words)) return 'it makes a condition';
      const dates = findDates(words, reply.today);
      if (new Set(dates.map(({ on }) => on).filter((on) => on >= reply.today)).size > 1) return 'it names several days';
      if (dayOfPast.test(words)) return 'its day may be that of something else';
      if (amount === null && isPart(words, dates)) return 'it may be about a part of what is open';
      return new Set(findAmounts(words).map(({ decimal }) => Number(decimal))).size > 1 ? 'it names several amounts' : null;
    }
    case 'paid':
      if (paidAsked.test(words)) return 'it may be a question';
      return partlyOpen.test(words) ? 'it also says that something is open' : null;
    case 'dispute':
      return notDisputed.test(words) ? 'it may say the contrary' : null;
    case 'unsubscribe':
      return notUnsubscribed.test(words) ? 'it may say the contrary' : null;
    default:
      return null;
  }
}

/** The same, no surer than its doubts allow. */
export function withDoubts(classification: Classification, reply: ReplyText): Classification {
  if (classification.confidence < sureEnough) return classification;
  const doubt = doubtOf(classification, reply);
  return doubt === null ? classification : { ...classification, confidence: doubtedMost, reason: `${classification.reason} But ${doubt}.` };
}
