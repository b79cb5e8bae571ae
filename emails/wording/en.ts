import type { Facts, Wording } from './types';

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

const dueWords = (f: Facts): string => (f.daysOverdue === 0 ? 'is due today' : `${f.daysOverdue > 0 ? 'was' : 'is'} due on ${f.dueOn}`);

export const en: Wording = {
  labels: {
    greeting: (customer) => `Dear ${customer},`,
    regards: 'Kind regards',
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
    questions: (contact) => `Is something not right, or have you paid already? Write to us: ${contact}.`,
    messageReference: (id) => `Message ${id}`,
    page: (page, of) => `Page ${page} of ${of}`,
  },
  status: {
    settled: 'Paid',
    dueToday: 'Due today',
    dueIn: (count) => `Due in ${days(count)}`,
    overdue: (count) => `${days(count)} overdue`,
  },
  templates: {
    delivery: {
      subject: (f) => (f.count === 1 ? `Invoice ${f.number} from ${f.sender}` : `${f.count} invoices from ${f.sender}`),
      heading: (f) => (f.count === 1 ? `Your invoice ${f.number}` : 'Your invoices'),
      opening: (f) => (f.count === 1
        ? ['Thank you for your business.', `You will find your invoice ${f.number} below. ${f.open} is due on ${f.dueOn}.`]
        : ['Thank you for your business.', 'You will find your invoices below, each with its due date.']),
      closing: () => [],
      asksForPayment: true,
    },
    due: {
      subject: (f) => (f.count === 1 ? `Invoice ${f.number} ${dueWords(f)}: ${f.open}` : `${f.count} invoices to settle: ${f.totalOpen}`),
      heading: (f) => (f.count === 1 ? `Invoice ${f.number} ${f.daysOverdue > 0 ? 'was' : 'is'} due` : 'Invoices to settle'),
      opening: (f) => (f.count === 1
        ? [`A short reminder: invoice ${f.number} ${f.daysOverdue > 0 ? 'was' : 'is'} due on ${f.dueOn}. ${f.open} is open.`]
        : [`A short reminder: ${f.totalOpen} is open on the invoices below.`]),
      closing: () => ['If your payment is on its way, there is nothing more to do. Thank you.'],
      asksForPayment: true,
    },
    overdue: {
      subject: (f) => (f.count === 1 ? `Invoice ${f.number} is ${days(f.daysOverdue)} overdue: ${f.open}` : `Reminder: ${f.count} invoices open, ${f.totalOpen}`),
      heading: () => 'Payment reminder',
      opening: (f) => (f.count === 1
        ? [`Invoice ${f.number} was due on ${f.dueOn}. ${f.open} is still open, and we have not seen a payment for it yet.`, 'Please pay it now, or tell us when we can expect your payment.']
        : [`${f.totalOpen} is still open on the invoices below, and we have not seen a payment for them yet.`, 'Please pay what is overdue now, or tell us when we can expect your payment.']),
      closing: () => ['If you have paid in the last few days, please disregard this message.'],
      asksForPayment: true,
    },
    'hold-notice': {
      subject: (f) => `Your account is on hold: ${f.open} overdue`,
      heading: () => 'Your account is on hold',
      opening: (f) => [
        `Invoice ${f.number} was due on ${f.dueOn} and is still open with ${f.open}. We have therefore put your account on hold, and cannot take on new orders or work on credit for now.`,
        'The hold ends as soon as the payment has reached us. You do not have to do anything else.',
      ],
      closing: () => ['If there is a reason why you cannot pay, talk to us today: we would rather find a way together.'],
      asksForPayment: true,
    },
    released: {
      subject: () => 'Your account is no longer on hold',
      heading: () => 'The hold is over',
      opening: () => ['Thank you for your payment. The hold on your account has been lifted, and everything is available to you again as before.'],
      closing: () => [],
      asksForPayment: false,
    },
  },
};
