import type { TemplateText } from '../types';
import { manners as de } from './de';
import { manners as en } from './en';
import { manners as es } from './es';
import { manners as fr } from './fr';
import type { BuiltinTemplate } from './index';
import { letterBody, type Manners } from './letter';

function released(manners: Manners, subject: string, heading: string, opening: string): TemplateText {
  return { subject, heading, body: letterBody(manners, { payment: false, opening }) };
}

/**
 * The notice that a hold is over, as migration 0531 publishes it: a hold is placed for an invoice, and another may hold the account still, so that it does not say that the account is free. Its words never change: see
 * `builtinTemplates`.
 */
export const releasedTemplate: BuiltinTemplate = {
  name: 'released', title: 'The hold is over', kind: 'customer', version: 2, defaultLanguage: 'en',
  texts: {
    en: released(en, 'A hold on your account has been lifted', 'The hold is over', 'Thank you for your payment. The hold that we had put on your account because of it has been lifted. Unless another overdue invoice still holds your account, everything is available to you again as before.'),
    de: released(de, 'Eine Sperre Ihres Kontos ist aufgehoben', 'Die Sperre ist aufgehoben', 'vielen Dank für Ihre Zahlung. Die Sperre, die wir deswegen gesetzt hatten, ist aufgehoben. Sofern nicht eine andere überfällige Rechnung Ihr Konto noch sperrt, steht Ihnen alles wieder wie gewohnt zur Verfügung.'),
    fr: released(fr, 'Un blocage de votre compte est levé', 'Le blocage est levé', 'Merci de votre paiement. Le blocage que nous avions mis en place à ce sujet est levé. Si aucune autre facture en retard ne bloque encore votre compte, tout est de nouveau à votre disposition comme avant.'),
    es: released(es, 'Se ha levantado un bloqueo de su cuenta', 'El bloqueo ha terminado', 'Gracias por su pago. Hemos levantado el bloqueo que habíamos puesto por ello. Salvo que otra factura vencida bloquee todavía su cuenta, vuelve a tenerlo todo a su disposición como antes.'),
  },
};
