import { sureEnough, type Classification, type ReplyText } from './classification';
import { findAmounts } from './findAmount';
import { findDates } from './findDates';
import { wordsOf } from './plainWords';
import { isConditional, saysUnpaid } from './qualified';

/** As sure as an answer may be of which something else casts doubt: a person decides. */
const doubtedMost = sureEnough - 0.05;

/** Asked, not said. */
const paidAsked = /\b(paid|settled|transferred|payment|bezahlt|gezahlt|uberwiesen|beglichen|zahlung|paye\w*|regle\w*|virement|paiement|pagad\w+|abonad\w+|pago|transferencia)\b[^.!?\n]{0,60}\?/;
/** Of several invoices, not all. */
const partlyOpen = /\b(still|yet|remains?) (open|outstanding|unpaid|to be paid|due)\b|\b(noch|weiterhin) (offen|unbezahlt)\b|\b(reste|encore) (a payer|du|ouverte?|impayee?)\b|\b(todavia|aun|sigue) (pendiente|abiert[oa]|sin pagar)\b/;

/**
 * What casts doubt on a reading that would act by itself, in words; null: nothing does. A promise that is none stops reminders to somebody who does not pay, and one for the wrong day or amount
 * misleads whoever forecasts by it, so that of two readings a person takes one.
 */
function doubtOf({ kind }: Classification, reply: ReplyText): string | null {
  const words = wordsOf(reply);
  switch (kind) {
    case 'promise': {
      if (saysUnpaid(words)) return 'it also says that something is not paid';
      if (isConditional(words)) return 'it makes a condition';
      if (new Set(findDates(words, reply.today).map(({ on }) => on).filter((on) => on >= reply.today)).size > 1) return 'it names several days';
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
