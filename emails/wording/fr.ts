import type { Facts, Wording } from './types';

const days = (count: number): string => (count === 1 ? '1 jour' : `${count} jours`);

const dueWords = (f: Facts): string => `${f.daysOverdue > 0 ? 'était à régler' : 'arrive à échéance'} le ${f.dueOn}`;

export const fr: Wording = {
  labels: {
    greeting: (customer) => `Bonjour ${customer},`,
    regards: 'Cordialement',
    invoice: 'Facture',
    issued: 'Émise le',
    due: 'Échéance',
    status: 'Situation',
    total: 'Montant',
    open: 'Restant dû',
    totalOpen: 'Total restant dû',
    description: 'Désignation',
    quantity: 'Quantité',
    amount: 'Montant',
    billedTo: 'Facturé à',
    paid: 'Payé et crédité',
    waysToPay: 'Comment payer',
    accountHolder: 'Titulaire du compte',
    bank: 'Banque',
    account: 'Compte',
    routing: 'BIC',
    paymentReference: 'Référence à indiquer',
    questions: (contact) => `Une erreur, ou un paiement déjà effectué ? Écrivez-nous : ${contact}.`,
    messageReference: (id) => `Message ${id}`,
    page: (page, of) => `Page ${page} sur ${of}`,
  },
  status: {
    settled: 'Payée',
    dueToday: 'À payer aujourd’hui',
    dueIn: (count) => `À payer dans ${days(count)}`,
    overdue: (count) => `En retard de ${days(count)}`,
  },
  templates: {
    delivery: {
      subject: (f) => (f.count === 1 ? `Facture ${f.number} de ${f.sender}` : `${f.count} factures de ${f.sender}`),
      heading: (f) => (f.count === 1 ? `Votre facture ${f.number}` : 'Vos factures'),
      opening: (f) => (f.count === 1
        ? ['Nous vous remercions de votre confiance.', `Voici votre facture ${f.number}. ${f.open} sont à régler au plus tard le ${f.dueOn}.`]
        : ['Nous vous remercions de votre confiance.', 'Voici vos factures, chacune avec son échéance.']),
      closing: () => [],
      asksForPayment: true,
    },
    due: {
      subject: (f) => (f.count === 1 ? `La facture ${f.number} ${f.daysOverdue === 0 ? 'arrive à échéance aujourd’hui' : dueWords(f)} : ${f.open}` : `${f.count} factures à régler : ${f.totalOpen}`),
      heading: (f) => (f.count === 1 ? `Échéance de la facture ${f.number}` : 'Factures à régler'),
      opening: (f) => (f.count === 1
        ? [`Un simple rappel : la facture ${f.number} ${dueWords(f)}. Il reste ${f.open} à régler.`]
        : [`Un simple rappel : il reste ${f.totalOpen} à régler sur les factures ci-dessous.`]),
      closing: () => ['Si votre paiement est en route, vous n’avez rien d’autre à faire. Merci.'],
      asksForPayment: true,
    },
    overdue: {
      subject: (f) => (f.count === 1 ? `Facture ${f.number} en retard de ${days(f.daysOverdue)} : ${f.open}` : `Rappel : ${f.count} factures en attente, ${f.totalOpen}`),
      heading: () => 'Rappel de paiement',
      opening: (f) => (f.count === 1
        ? [`La facture ${f.number} était à régler au plus tard le ${f.dueOn}. Il reste ${f.open} à payer, et nous n’avons pas encore reçu de paiement.`, 'Merci de la régler dès maintenant, ou de nous dire quand nous pouvons attendre votre paiement.']
        : [`Il reste ${f.totalOpen} à régler sur les factures ci-dessous, et nous n’avons pas encore reçu de paiement.`, 'Merci de régler dès maintenant ce qui est en retard, ou de nous dire quand nous pouvons attendre votre paiement.']),
      closing: () => ['Si vous avez payé ces derniers jours, merci de ne pas tenir compte de ce message.'],
      asksForPayment: true,
    },
    'hold-notice': {
      subject: (f) => `Votre compte est bloqué : ${f.open} en retard`,
      heading: () => 'Votre compte est bloqué',
      opening: (f) => [
        `La facture ${f.number} était à régler au plus tard le ${f.dueOn} ; il reste ${f.open} à payer. Nous avons donc bloqué votre compte et ne pouvons, pour le moment, accepter ni commande ni travail à crédit.`,
        'Le blocage prend fin dès que le paiement nous est parvenu. Vous n’avez rien d’autre à faire.',
      ],
      closing: () => ['Si quelque chose vous empêche de payer, parlez-nous-en dès aujourd’hui : nous préférons trouver une solution ensemble.'],
      asksForPayment: true,
    },
    released: {
      subject: () => 'Votre compte n’est plus bloqué',
      heading: () => 'Le blocage est levé',
      opening: () => ['Merci de votre paiement. Le blocage de votre compte est levé ; tout est de nouveau à votre disposition comme avant.'],
      closing: () => [],
      asksForPayment: false,
    },
  },
};
