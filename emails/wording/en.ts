import type { Wording } from './types';

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

export const en: Wording = {
  labels: {
    invoice: 'Invoice',
    issued: 'Issued',
    due: 'Due',
    status: 'Status',
    total: 'Total',
    open: 'Open',
    totalOpen: 'Total open',
    description: 'Description',
    quantity: 'Quantity',
    amount: 'Amount',
    billedTo: 'Billed to',
    paid: 'Paid and credited',
    waysToPay: 'How to pay',
    accountHolder: 'Account holder',
    bank: 'Bank',
    account: 'Account',
    routing: 'BIC / routing',
    paymentReference: 'Payment reference',
    withoutDisputed: (amount) => `The amounts above leave out ${amount} that you dispute: we are looking into it.`,
    withoutPromised: (amount) => `The amounts above leave out ${amount} that you have promised to pay. Thank you.`,
    withDiscount: (number, discounted, discount, until) => `For ${number} we take off ${discount} if we receive ${discounted} by ${until}.`,
    percent: (number) => `${number}%`,
    offer: (taken) => `${taken} off each invoice below that is paid in time`,
    withCharges: (amount) => `Late fees and interest of ${amount} are due beside the amounts above.`,
    messageReference: (id) => `Message ${id}`,
    page: (page, of) => `Page ${page} of ${of}`,
  },
  status: {
    settled: 'Paid',
    dueToday: 'Due today',
    dueIn: (count) => `Due in ${days(count)}`,
    overdue: (count) => `${days(count)} overdue`,
  },
};
