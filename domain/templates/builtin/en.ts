import { byCount, entriesTable, inTime, letterBody, paragraphsByCount, type BuiltinWords, type Manners } from './letter';

export const manners: Manners = {
  greeting: 'Dear {{ customer.name }},',
  questions: 'Is something not right, or have you paid already? Write to us: {{ sender.contact }}.',
  regards: 'Kind regards',
};
const days = '{{ invoice.days_overdue | plural: "1 day", "# days" }}';
const dueOn = '{{ invoice.due_on | date: "full" }}';
const isOrWas = '{% if invoice.days_overdue > 0 %}was{% else %}is{% endif %}';
const dueWords = `{% if invoice.days_overdue == 0 %}is due today{% else %}${isOrWas} due on ${dueOn}{% endif %}`;

const due = {
  subject: byCount(`Invoice {{ invoice.number }} ${dueWords}: {{ invoice.open }}`, '{{ invoice_count }} invoices to settle: {{ totals.open }}'),
  heading: byCount(`Invoice {{ invoice.number }} ${isOrWas} due`, 'Invoices to settle'),
  body: letterBody(manners, {
    opening: paragraphsByCount(
      `A short reminder: invoice {{ invoice.number }} ${isOrWas} due on ${dueOn}. {{ invoice.open }} is open.`,
      'A short reminder: {{ totals.open }} is open on the invoices below.',
    ),
    closing: 'If your payment is on its way, there is nothing more to do. Thank you.',
  }),
};

export const en: BuiltinWords = {
  delivery: {
    subject: byCount('Invoice {{ invoice.number }} from {{ sender.name }}', '{{ invoice_count }} invoices from {{ sender.name }}'),
    heading: byCount('Your invoice {{ invoice.number }}', 'Your invoices'),
    body: letterBody(manners, {
      opening: `Thank you for your business.\n\n${paragraphsByCount(
        `You will find your invoice {{ invoice.number }} below. {{ invoice.open }} is due on ${dueOn}.`,
        'You will find your invoices below, each with its due date.',
      )}`,
    }),
  },
  due,
  overdue: inTime({
    subject: byCount(`Invoice {{ invoice.number }} is ${days} overdue: {{ invoice.open }}`, 'Reminder: {{ invoice_count }} invoices open, {{ totals.open }}'),
    heading: 'Payment reminder',
    body: letterBody(manners, {
      opening: paragraphsByCount(
        `Invoice {{ invoice.number }} was due on ${dueOn}. {{ invoice.open }} is still open, and we have not seen a payment for it yet.\n\nPlease pay it now, or tell us when we can expect your payment.`,
        '{{ totals.open }} is still open on the invoices below, and we have not seen a payment for them yet.\n\nPlease pay what is overdue now, or tell us when we can expect your payment.',
      ),
      closing: 'If you have paid in the last few days, please disregard this message.',
    }),
  }, due),
  'hold-notice': {
    subject: 'Your account is on hold: {{ invoice.open }} overdue',
    heading: 'Your account is on hold',
    body: letterBody(manners, {
      opening: `Invoice {{ invoice.number }} was due on ${dueOn} and is still open with {{ invoice.open }}. We have therefore put your account on hold, and cannot take on new orders or work on credit for now.\n\nThe hold ends as soon as the payment has reached us. You do not have to do anything else.`,
      closing: 'If there is a reason why you cannot pay, talk to us today: we would rather find a way together.',
    }),
  },
  released: {
    subject: 'Your account is no longer on hold',
    heading: 'The hold is over',
    body: letterBody(manners, { payment: false, opening: 'Thank you for your payment. The hold on your account has been lifted, and everything is available to you again as before.' }),
  },
  'account-summary': {
    subject: 'Your account with {{ sender.name }}: {{ totals.open }} open',
    heading: 'What is open on your account',
    body: letterBody(manners, {
      opening: '{{ totals.open }} is open on your account.{% if totals.overdue %} Of this, {{ totals.overdue }} is overdue.{% endif %} The invoices are listed below.',
      closing: 'If your payment is on its way, there is nothing more to do. Thank you.',
    }),
  },
  statement: {
    subject: 'Statement of your account from {{ statement.from }} to {{ statement.to }}',
    heading: 'Statement of account',
    body: letterBody(manners, {
      opening: 'This is your account with us from {{ statement.from }} to {{ statement.to }}.\n\n{% if statement.opening %}\nBalance before: {{ statement.opening }}\n{% endif %}\n{% if statement.closing %}\nBalance at the end: **{{ statement.closing }}**\n{% else %}\nNothing is open.\n{% endif %}',
      table: `${entriesTable({ date: 'Date', text: 'Entry', amount: 'Amount', balance: 'Balance' })}\n\n{{ blocks.invoices }}`,
    }),
  },
};
