import type { Wording } from './types';

const days = (count: number): string => (count === 1 ? '1 Tag' : `${count} Tage`);
const inDays = (count: number): string => (count === 1 ? '1 Tag' : `${count} Tagen`);

export const de: Wording = {
  labels: {
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
    withoutDisputed: (amount) => `In den Beträgen oben fehlen ${amount}, die Sie beanstandet haben: Wir prüfen das.`,
    withoutPromised: (amount) => `In den Beträgen oben fehlen ${amount}, deren Zahlung Sie zugesagt haben. Vielen Dank.`,
    withDiscount: (number, discounted, discount, until) => `Für ${number} ziehen wir ${discount} ab, wenn ${discounted} bis ${until} bei uns eingehen.`,
    percent: (number) => `${number} %`,
    offer: (taken) => `${taken} Nachlass auf jede Rechnung unten, die rechtzeitig bezahlt wird`,
    withCharges: (amount) => `Neben den Beträgen oben sind Mahngebühren und Zinsen von ${amount} offen.`,
    messageReference: (id) => `Nachricht ${id}`,
    page: (page, of) => `Seite ${page} von ${of}`,
  },
  status: {
    settled: 'Bezahlt',
    dueToday: 'Heute fällig',
    dueIn: (count) => `Fällig in ${inDays(count)}`,
    overdue: (count) => `${days(count)} überfällig`,
  },
};
