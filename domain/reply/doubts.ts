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

/** Asked, not said. */
const paidAsked = /\b(paid|settled|transferred|payment|bezahlt|gezahlt|uberwiesen|beglichen|zahlung|paye\w*|regle\w*|virement|paiement|pagad\w+|abonad\w+|pago|transferencia)\b[^.!?\n]{0,60}\?/;
/** Of several invoices, not all. */
const partlyOpen = /\b(still|yet|remains?) (open|outstanding|unpaid|to be paid|due)\b|\b(noch|weiterhin) (offen|unbezahlt)\b|\b(reste|encore) (a payer|du|ouverte?|impayee?)\b|\b(todavia|aun|sigue) (pendiente|abiert[oa]|sin pagar)\b/;

/**
 * What casts doubt on a reading that would act by itself, in words; null: nothing does. A promise that is none stops reminders to somebody who does not pay, and one for the wrong day or amount
 * misleads whoever forecasts by it, so that of two readings a person takes one.
 */
function doubtOf({ kind, amount }: Classification, reply: ReplyText): string | null {
  const words = wordsOf(reply);
  switch (kind) {
    case 'promise': {
      if (saysUnpaid(words)) return 'it also says that something is not paid';
      if (isConditional(words)) return 'it makes a condition';
      const dates = findDates(words, reply.today);
      if (new Set(dates.map(({ on }) => on).filter((on) => on >= reply.today)).size > 1) return 'it names several days';
      if (amount === null && isPart(words, dates)) return 'it may be about a part of what is open';
      return new Set(findAmounts(words).map(({ decimal }) => Number(decimal))).size > 1 ? 'it names several amounts' : null;
    }
    case 'paid':
      if (paidAsked.test(words)) return 'it may be a question';
      return partlyOpen.test(words) ? 'it also says that something is open' : null;
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
