import type { TemplateText } from '../types';
import { manners as de } from './de';
import { manners as en } from './en';
import { manners as es } from './es';
import { manners as fr } from './fr';
import { letterBody, type Manners } from './letter';

/** Invoices listed in the letter itself; the file has all. */
const listedMax = 25;

interface Words {
  subject: string;
  heading: string;
  attached: string;
  before: string;
  after: string;
  even: string;
  overdue: string;
  unapplied: string;
  inFile: string;
  onItsWay: string;
}

function letter(manners: Manners, { subject, heading, attached, before, after, even, overdue, unapplied, inFile, onItsWay }: Words): TemplateText {
  const where = (condition: string, text: string, otherwise?: string): string => `{% if ${condition} %}\n${text}\n${otherwise === undefined ? '' : `{% else %}\n${otherwise}\n`}{% endif %}`;
  return {
    subject, heading,
    body: letterBody(manners, {
      opening: [attached, where('statement.opening', before), where('statement.closing', after, even), where('totals.overdue', overdue), where('statement.unapplied', unapplied)].join('\n\n'),
      table: `{% if invoice_count > ${listedMax} %}\n${inFile}\n{% elsif invoice_count > 0 %}\n{{ blocks.invoices }}\n{% endif %}\n\n${where('statement.items.size > 0', '{{ blocks.payment }}')}`,
      payment: false,
      closing: onItsWay,
    }),
  };
}

/** The letter that comes with a statement's file, in each language. Released words never change: see `builtinTemplates`. */
export const statementLetters: Readonly<Record<'en' | 'de' | 'fr' | 'es', TemplateText>> = {
  en: letter(en, {
    subject: 'Statement of your account from {{ statement.from }} to {{ statement.to }}', heading: 'Statement of account',
    attached: 'The statement of your account with us from {{ statement.from }} to {{ statement.to }} is attached.', before: 'Balance before: {{ statement.opening }}', after: 'Balance on {{ statement.to }}: **{{ statement.closing }}**',
    even: 'Your account is even.', overdue: '{{ totals.overdue }} is overdue.', unapplied: 'Payments and credit of {{ statement.unapplied }} are on no invoice yet. Please tell us what they are for.',
    inFile: '{{ invoice_count }} invoices are open: the attached file lists them.', onItsWay: 'If your payment is on its way, there is nothing more to do.',
  }),
  de: letter(de, {
    subject: 'Ihr Kontoauszug vom {{ statement.from }} bis {{ statement.to }}', heading: 'Kontoauszug',
    attached: 'im Anhang finden Sie den Auszug Ihres Kontos bei uns vom {{ statement.from }} bis {{ statement.to }}.', before: 'Stand davor: {{ statement.opening }}', after: 'Stand am {{ statement.to }}: **{{ statement.closing }}**',
    even: 'Ihr Konto ist ausgeglichen.', overdue: 'Überfällig sind {{ totals.overdue }}.', unapplied: 'Zahlungen und Guthaben von {{ statement.unapplied }} sind noch keiner Rechnung zugeordnet. Bitte sagen Sie uns, wofür sie sind.',
    inFile: '{{ invoice_count }} Rechnungen sind offen: Der Anhang führt sie auf.', onItsWay: 'Ist Ihre Zahlung schon unterwegs, brauchen Sie nichts weiter zu tun.',
  }),
  fr: letter(fr, {
    subject: 'Relevé de votre compte du {{ statement.from }} au {{ statement.to }}', heading: 'Relevé de compte',
    attached: 'Vous trouverez en pièce jointe le relevé de votre compte chez nous du {{ statement.from }} au {{ statement.to }}.', before: 'Solde précédent : {{ statement.opening }}', after: 'Solde au {{ statement.to }} : **{{ statement.closing }}**',
    even: 'Votre compte est soldé.', overdue: 'En retard : {{ totals.overdue }}.', unapplied: 'Des paiements et avoirs de {{ statement.unapplied }} ne sont encore affectés à aucune facture. Merci de nous dire à quoi ils correspondent.',
    inFile: '{{ invoice_count }} factures sont ouvertes : elles figurent dans la pièce jointe.', onItsWay: 'Si votre paiement est en route, vous n’avez rien d’autre à faire.',
  }),
  es: letter(es, {
    subject: 'Extracto de su cuenta del {{ statement.from }} al {{ statement.to }}', heading: 'Extracto de cuenta',
    attached: 'Adjuntamos el extracto de su cuenta con nosotros del {{ statement.from }} al {{ statement.to }}.', before: 'Saldo anterior: {{ statement.opening }}', after: 'Saldo al {{ statement.to }}: **{{ statement.closing }}**',
    even: 'Su cuenta está saldada.', overdue: 'Vencido: {{ totals.overdue }}.', unapplied: 'Pagos y abonos por {{ statement.unapplied }} no están aplicados a ninguna factura. Indíquenos, por favor, a qué corresponden.',
    inFile: 'Hay {{ invoice_count }} facturas pendientes: figuran en el archivo adjunto.', onItsWay: 'Si su pago ya está en camino, no tiene que hacer nada más.',
  }),
};
