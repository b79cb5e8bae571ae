import { sureEnough, type Classification, type ReplyText } from './classification';
import { findAmounts } from './findAmount';
import { findDates } from './findDates';
import { wordsOf } from './plainWords';

/** As sure as an answer may be of which something else casts doubt: a person decides. */
const doubtedMost = sureEnough - 0.05;

/** Somebody says that they do not pay, or cannot. */
const cannotPay = /\b(not|n't|unable|cannot|never)\b[^.?!\n]{0,25}\b(pay|paid|settle|transfer|wire|remit|payment)\b|\b(nicht|kein\w*)\b[^.?!\n]{0,40}\b(zahlen|bezahlen|uberweisen|begleichen|zahlung|uberweisung)\b|\bnicht in der lage\b|\b(ne|n')\s?\w+ (pas|plus)\b[^.?!\n]{0,30}\b(payer|regler|paiement|virement)\b|\bpas en mesure\b|\bno (podemos|podremos|puedo|podre|vamos a|voy a|pagaremos|pagare)\b/;
/** Payment hangs on something that has not come about. */
const onCondition = /\b(if|unless|provided|subject to|depending on|assuming|as long as|once|as soon as we|until we|until you)\b|\b(sofern|falls|wenn|vorbehaltlich|vorausgesetzt|sobald)\b|\b(sous reserve|a condition|des que|des reception|lorsque|une fois)\b|\b(siempre que|en cuanto|cuando|a condicion|una vez)\b|\bs(i|')(?!\s*[,.!])\s?(le|la|les|l'|notre|nos|vous|il|elle|on|nuestr\w+|el|los|las|nos|ustedes|usted|se)\b/;
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
      if (cannotPay.test(words)) return 'it also says that something is not paid';
      if (onCondition.test(words)) return 'it makes a condition';
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
