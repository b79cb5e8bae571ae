import type { Facts, Wording } from './types';

const days = (count: number): string => (count === 1 ? '1 Tag' : `${count} Tage`);
const inDays = (count: number): string => (count === 1 ? '1 Tag' : `${count} Tagen`);

const dueWords = (f: Facts): string => (f.daysOverdue === 0 ? 'ist heute fällig' : `${f.daysOverdue > 0 ? 'war' : 'ist'} fällig am ${f.dueOn}`);

export const de: Wording = {
  labels: {
    greeting: (customer) => `Guten Tag ${customer},`,
    regards: 'Mit freundlichen Grüßen',
    invoice: 'Rechnung',
    issued: 'Ausgestellt',
    due: 'Fällig',
    status: 'Stand',
    total: 'Betrag',
    open: 'Offen',
    totalOpen: 'Offen gesamt',
    description: 'Beschreibung',
    quantity: 'Menge',
    amount: 'Betrag',
    billedTo: 'Rechnung an',
    paid: 'Gezahlt und gutgeschrieben',
    waysToPay: 'So können Sie zahlen',
    accountHolder: 'Kontoinhaber',
    bank: 'Bank',
    account: 'Konto',
    routing: 'BIC',
    paymentReference: 'Verwendungszweck',
    questions: (contact) => `Stimmt etwas nicht, oder haben Sie schon gezahlt? Schreiben Sie uns: ${contact}.`,
    messageReference: (id) => `Nachricht ${id}`,
    page: (page, of) => `Seite ${page} von ${of}`,
  },
  status: {
    settled: 'Bezahlt',
    dueToday: 'Heute fällig',
    dueIn: (count) => `Fällig in ${inDays(count)}`,
    overdue: (count) => `${days(count)} überfällig`,
  },
  templates: {
    delivery: {
      subject: (f) => (f.count === 1 ? `Rechnung ${f.number} von ${f.sender}` : `${f.count} Rechnungen von ${f.sender}`),
      heading: (f) => (f.count === 1 ? `Ihre Rechnung ${f.number}` : 'Ihre Rechnungen'),
      opening: (f) => (f.count === 1
        ? ['vielen Dank für Ihren Auftrag.', `Hier ist Ihre Rechnung ${f.number}. ${f.open} sind fällig am ${f.dueOn}.`]
        : ['vielen Dank für Ihren Auftrag.', 'Hier sind Ihre Rechnungen, jede mit ihrem Fälligkeitstag.']),
      closing: () => [],
      asksForPayment: true,
    },
    due: {
      subject: (f) => (f.count === 1 ? `Rechnung ${f.number} ${dueWords(f)}: ${f.open}` : `${f.count} Rechnungen zu begleichen: ${f.totalOpen}`),
      heading: (f) => (f.count === 1 ? `Rechnung ${f.number} ${f.daysOverdue > 0 ? 'war' : 'ist'} fällig` : 'Rechnungen zu begleichen'),
      opening: (f) => (f.count === 1
        ? [`eine kurze Erinnerung: Rechnung ${f.number} ${f.daysOverdue > 0 ? 'war' : 'ist'} fällig am ${f.dueOn}. Offen sind ${f.open}.`]
        : [`eine kurze Erinnerung: Auf den folgenden Rechnungen sind ${f.totalOpen} offen.`]),
      closing: () => ['Ist Ihre Zahlung schon unterwegs, brauchen Sie nichts weiter zu tun. Vielen Dank.'],
      asksForPayment: true,
    },
    overdue: {
      subject: (f) => (f.count === 1 ? `Rechnung ${f.number} ist seit ${inDays(f.daysOverdue)} überfällig: ${f.open}` : `Erinnerung: ${f.count} Rechnungen offen, ${f.totalOpen}`),
      heading: () => 'Zahlungserinnerung',
      opening: (f) => (f.count === 1
        ? [`Rechnung ${f.number} war fällig am ${f.dueOn}. Davon sind noch ${f.open} offen; eine Zahlung haben wir bisher nicht gesehen.`, 'Bitte zahlen Sie jetzt, oder sagen Sie uns, wann wir mit Ihrer Zahlung rechnen können.']
        : [`Auf den folgenden Rechnungen sind noch ${f.totalOpen} offen; eine Zahlung haben wir bisher nicht gesehen.`, 'Bitte zahlen Sie jetzt, was überfällig ist, oder sagen Sie uns, wann wir mit Ihrer Zahlung rechnen können.']),
      closing: () => ['Haben Sie in den letzten Tagen gezahlt, betrachten Sie dieses Schreiben bitte als gegenstandslos.'],
      asksForPayment: true,
    },
    'hold-notice': {
      subject: (f) => `Ihr Konto ist gesperrt: ${f.open} überfällig`,
      heading: () => 'Ihr Konto ist gesperrt',
      opening: (f) => [
        `Rechnung ${f.number} war fällig am ${f.dueOn} und ist noch mit ${f.open} offen. Wir haben Ihr Konto deshalb gesperrt und können vorerst keine Aufträge auf Rechnung annehmen oder ausführen.`,
        'Die Sperre endet, sobald die Zahlung bei uns eingegangen ist. Mehr brauchen Sie nicht zu tun.',
      ],
      closing: () => ['Gibt es einen Grund, aus dem Sie nicht zahlen können, sprechen Sie bitte noch heute mit uns: Wir finden lieber gemeinsam einen Weg.'],
      asksForPayment: true,
    },
    released: {
      subject: () => 'Ihr Konto ist wieder frei',
      heading: () => 'Die Sperre ist aufgehoben',
      opening: () => ['vielen Dank für Ihre Zahlung. Die Sperre Ihres Kontos ist aufgehoben; alles steht Ihnen wieder wie gewohnt zur Verfügung.'],
      closing: () => [],
      asksForPayment: false,
    },
  },
};
