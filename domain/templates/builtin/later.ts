import type { TemplateText } from '../types';
import type { BuiltinTemplate } from './index';
import { letterBody, type Manners } from './letter';

/** A campaign's letter and a notice to one's own people, in one language. */
interface LaterWords {
  offer: TemplateText;
  notice: TemplateText;
}

const offerBlock = (expires: string): string => `{% if campaign.offer %}\n**{{ campaign.offer }}**\n{% if campaign.expires_on %}\n${expires}\n{% endif %}\n{% endif %}`;

function offer(manners: Manners, { subject, heading, open, expires, closing }: Record<'subject' | 'heading' | 'open' | 'expires' | 'closing', string>): TemplateText {
  return {
    subject, heading,
    body: letterBody(manners, {
      opening: `{% if totals.open %}\n${open}\n{% endif %}\n\n${offerBlock(expires)}`,
      table: '{% if invoice_count > 0 %}\n{{ blocks.invoices }}\n{% endif %}',
      closing,
    }),
  };
}

function notice({ about, where, invoices }: Record<'about' | 'where' | 'invoices', string>): TemplateText {
  return {
    subject: `{{ notice.title }}: {{ customer.name }}`,
    heading: '{{ notice.title }}',
    body: `${about}\n\n{% if notice.text %}\n{{ notice.text }}\n{% endif %}\n\n{% if invoice_count > 0 %}\n${invoices}\n\n{{ blocks.invoices }}\n{% endif %}\n\n{% if links.console %}\n[${where}]({{ links.console }})\n{% endif %}\n`,
  };
}

const words: Readonly<Record<'en' | 'de' | 'fr' | 'es', LaterWords>> = {
  en: {
    offer: offer(
      { greeting: 'Dear {{ customer.name }},', questions: 'Do you have a question? Write to us: {{ sender.contact }}.', regards: 'Kind regards' },
      {
        subject: '{{ campaign.name }}: {% if totals.open %}{{ totals.open }} open on your account{% else %}a word from {{ sender.name }}{% endif %}', heading: '{{ campaign.name }}',
        open: '{{ totals.open }} is open on your account. The invoices are listed below.', expires: 'This holds for payments that reach us by {{ campaign.expires_on | date: "full" }}.',
        closing: 'If your payment is on its way, there is nothing more to do. Thank you.',
      },
    ),
    notice: notice({ about: 'This is about {{ customer.name }}{% if customer.number %} ({{ customer.number }}){% endif %}.', invoices: 'The invoices concerned:', where: 'Open it in the console' }),
  },
  de: {
    offer: offer(
      { greeting: 'Guten Tag {{ customer.name }},', questions: 'Haben Sie eine Frage? Schreiben Sie uns: {{ sender.contact }}.', regards: 'Mit freundlichen Grüßen' },
      {
        subject: '{{ campaign.name }}: {% if totals.open %}{{ totals.open }} offen auf Ihrem Konto{% else %}eine Nachricht von {{ sender.name }}{% endif %}', heading: '{{ campaign.name }}',
        open: 'auf Ihrem Konto sind {{ totals.open }} offen. Die Rechnungen finden Sie unten.', expires: 'Das gilt für Zahlungen, die bis {{ campaign.expires_on | date: "full" }} bei uns eingehen.',
        closing: 'Ist Ihre Zahlung schon unterwegs, brauchen Sie nichts weiter zu tun. Vielen Dank.',
      },
    ),
    notice: notice({ about: 'Es geht um {{ customer.name }}{% if customer.number %} ({{ customer.number }}){% endif %}.', invoices: 'Die Rechnungen, um die es geht:', where: 'In der Konsole öffnen' }),
  },
  fr: {
    offer: offer(
      { greeting: 'Bonjour {{ customer.name }},', questions: 'Avez-vous une question ? Écrivez-nous : {{ sender.contact }}.', regards: 'Cordialement' },
      {
        subject: '{{ campaign.name }} : {% if totals.open %}{{ totals.open }} à régler sur votre compte{% else %}un message de {{ sender.name }}{% endif %}', heading: '{{ campaign.name }}',
        open: 'Il reste {{ totals.open }} à régler sur votre compte. Vous trouverez les factures ci-dessous.', expires: 'Cela vaut pour les paiements qui nous parviennent au plus tard le {{ campaign.expires_on | date: "full" }}.',
        closing: "Si votre paiement est en route, vous n'avez rien d'autre à faire. Merci.",
      },
    ),
    notice: notice({ about: 'Il s’agit de {{ customer.name }}{% if customer.number %} ({{ customer.number }}){% endif %}.', invoices: 'Les factures concernées :', where: 'Ouvrir dans la console' }),
  },
  es: {
    offer: offer(
      { greeting: 'Hola, {{ customer.name }}:', questions: '¿Tiene alguna pregunta? Escríbanos: {{ sender.contact }}.', regards: 'Un cordial saludo' },
      {
        subject: '{{ campaign.name }}: {% if totals.open %}{{ totals.open }} pendientes en su cuenta{% else %}un mensaje de {{ sender.name }}{% endif %}', heading: '{{ campaign.name }}',
        open: 'En su cuenta hay {{ totals.open }} pendientes. Las facturas figuran a continuación.', expires: 'Esto es válido para los pagos que recibamos hasta el {{ campaign.expires_on | date: "full" }}.',
        closing: 'Si su pago ya está en camino, no tiene que hacer nada más. Gracias.',
      },
    ),
    notice: notice({ about: 'Se trata de {{ customer.name }}{% if customer.number %} ({{ customer.number }}){% endif %}.', invoices: 'Las facturas en cuestión:', where: 'Abrir en la consola' }),
  },
};

const textsOf = (which: keyof LaterWords): Record<string, TemplateText> => Object.fromEntries(Object.entries(words).map(([language, each]) => [language, each[which]]));

/** Those that came after migration 0050: migration 0152 stores them, where nobody has made one of the same name. Their words never change either. */
export const laterTemplates: readonly BuiltinTemplate[] = [
  { name: 'campaign-offer', title: 'Campaign offer', kind: 'campaign', version: 1, defaultLanguage: 'en', texts: textsOf('offer') },
  { name: 'internal-notice', title: 'Notice to colleagues', kind: 'internal', version: 1, defaultLanguage: 'en', texts: textsOf('notice') },
];
