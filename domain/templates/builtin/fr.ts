import { byCount, entriesTable, inTime, letterBody, paragraphsByCount, type BuiltinWords, type Manners } from './letter';

export const manners: Manners = {
  greeting: 'Bonjour {{ customer.name }},',
  questions: 'Une erreur, ou un paiement déjà effectué ? Écrivez-nous : {{ sender.contact }}.',
  regards: 'Cordialement',
};
const days = '{{ invoice.days_overdue | plural: "1 jour", "# jours" }}';
const dueOn = '{{ invoice.due_on | date: "full" }}';
const dueWords = `{% if invoice.days_overdue > 0 %}était à régler{% else %}arrive à échéance{% endif %} le ${dueOn}`;
const dueInSubject = `{% if invoice.days_overdue == 0 %}arrive à échéance aujourd’hui{% else %}${dueWords}{% endif %}`;

const due = {
  subject: byCount(`La facture {{ invoice.number }} ${dueInSubject} : {{ invoice.open }}`, '{{ invoice_count }} factures à régler : {{ totals.open }}'),
  heading: byCount('Échéance de la facture {{ invoice.number }}', 'Factures à régler'),
  body: letterBody(manners, {
    opening: paragraphsByCount(
      `Un simple rappel : la facture {{ invoice.number }} ${dueWords}. Il reste {{ invoice.open }} à régler.`,
      'Un simple rappel : il reste {{ totals.open }} à régler sur les factures ci-dessous.',
    ),
    closing: 'Si votre paiement est en route, vous n’avez rien d’autre à faire. Merci.',
  }),
};

export const fr: BuiltinWords = {
  delivery: {
    subject: byCount('Facture {{ invoice.number }} de {{ sender.name }}', '{{ invoice_count }} factures de {{ sender.name }}'),
    heading: byCount('Votre facture {{ invoice.number }}', 'Vos factures'),
    body: letterBody(manners, {
      opening: `Nous vous remercions de votre confiance.\n\n${paragraphsByCount(
        `Voici votre facture {{ invoice.number }}. {{ invoice.open }} sont à régler au plus tard le ${dueOn}.`,
        'Voici vos factures, chacune avec son échéance.',
      )}`,
    }),
  },
  due,
  overdue: inTime({
    subject: byCount(`Facture {{ invoice.number }} en retard de ${days} : {{ invoice.open }}`, 'Rappel : {{ invoice_count }} factures en attente, {{ totals.open }}'),
    heading: 'Rappel de paiement',
    body: letterBody(manners, {
      opening: paragraphsByCount(
        `La facture {{ invoice.number }} était à régler au plus tard le ${dueOn}. Il reste {{ invoice.open }} à payer, et nous n’avons pas encore reçu de paiement.\n\nMerci de la régler dès maintenant, ou de nous dire quand nous pouvons attendre votre paiement.`,
        'Il reste {{ totals.open }} à régler sur les factures ci-dessous, et nous n’avons pas encore reçu de paiement.\n\nMerci de régler dès maintenant ce qui est en retard, ou de nous dire quand nous pouvons attendre votre paiement.',
      ),
      closing: 'Si vous avez payé ces derniers jours, merci de ne pas tenir compte de ce message.',
    }),
  }, due),
  'hold-notice': {
    subject: 'Votre compte est bloqué : {{ invoice.open }} en retard',
    heading: 'Votre compte est bloqué',
    body: letterBody(manners, {
      opening: `La facture {{ invoice.number }} était à régler au plus tard le ${dueOn} ; il reste {{ invoice.open }} à payer. Nous avons donc bloqué votre compte et ne pouvons, pour le moment, accepter ni commande ni travail à crédit.\n\nLe blocage prend fin dès que le paiement nous est parvenu. Vous n’avez rien d’autre à faire.`,
      closing: 'Si quelque chose vous empêche de payer, parlez-nous-en dès aujourd’hui : nous préférons trouver une solution ensemble.',
    }),
  },
  released: {
    subject: 'Votre compte n’est plus bloqué',
    heading: 'Le blocage est levé',
    body: letterBody(manners, { payment: false, opening: 'Merci de votre paiement. Le blocage de votre compte est levé ; tout est de nouveau à votre disposition comme avant.' }),
  },
  'account-summary': {
    subject: 'Votre compte chez {{ sender.name }} : {{ totals.open }} restant dû',
    heading: 'Ce qui reste dû sur votre compte',
    body: letterBody(manners, {
      opening: 'Il reste {{ totals.open }} à régler sur votre compte.{% if totals.overdue %} Dont en retard : {{ totals.overdue }}.{% endif %} Les factures sont indiquées ci-dessous.',
      closing: 'Si votre paiement est en route, vous n’avez rien d’autre à faire. Merci.',
    }),
  },
  statement: {
    subject: 'Relevé de votre compte du {{ statement.from }} au {{ statement.to }}',
    heading: 'Relevé de compte',
    body: letterBody(manners, {
      opening: 'Voici votre compte chez nous du {{ statement.from }} au {{ statement.to }}.\n\n{% if statement.opening %}\nSolde précédent : {{ statement.opening }}\n{% endif %}\n{% if statement.closing %}\nSolde final : **{{ statement.closing }}**\n{% else %}\nRien ne reste dû.\n{% endif %}',
      table: `${entriesTable({ date: 'Date', text: 'Écriture', amount: 'Montant', balance: 'Solde' })}\n\n{{ blocks.invoices }}`,
    }),
  },
};
