import type { Wording } from './types';

const days = (count: number): string => (count === 1 ? '1 jour' : `${count} jours`);

export const fr: Wording = {
  labels: {
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
    withoutDisputed: (amount) => `Les montants ci-dessus ne comprennent pas ${amount} que vous contestez : nous examinons votre demande.`,
    withoutPromised: (amount) => `Les montants ci-dessus ne comprennent pas ${amount} que vous avez promis de payer. Merci.`,
    withDiscount: (number, discounted, discount, until) => `Pour ${number}, nous déduisons ${discount} si nous recevons ${discounted} au plus tard le ${until}.`,
    percent: (number) => `${number} %`,
    offer: (taken) => `${taken} de remise sur chaque facture ci-dessous réglée à temps`,
    withCharges: (amount) => `Des frais et intérêts de retard de ${amount} sont dus en plus des montants ci-dessus.`,
    messageReference: (id) => `Message ${id}`,
    page: (page, of) => `Page ${page} sur ${of}`,
  },
  status: {
    settled: 'Payée',
    dueToday: 'À payer aujourd’hui',
    dueIn: (count) => `À payer dans ${days(count)}`,
    overdue: (count) => `En retard de ${days(count)}`,
  },
};
