import { byCount, entriesTable, inTime, letterBody, paragraphsByCount, type BuiltinWords, type Manners } from './letter';

export const manners: Manners = {
  greeting: 'Guten Tag {{ customer.name }},',
  questions: 'Stimmt etwas nicht, oder haben Sie schon gezahlt? Schreiben Sie uns: {{ sender.contact }}.',
  regards: 'Mit freundlichen Grüßen',
};
const days = '{{ invoice.days_overdue | plural: "1 Tag", "# Tagen" }}';
const dueOn = '{{ invoice.due_on | date: "full" }}';
const isOrWas = '{% if invoice.days_overdue > 0 %}war{% else %}ist{% endif %}';
const dueWords = `{% if invoice.days_overdue == 0 %}ist heute fällig{% else %}${isOrWas} fällig am ${dueOn}{% endif %}`;

const due = {
  subject: byCount(`Rechnung {{ invoice.number }} ${dueWords}: {{ invoice.open }}`, '{{ invoice_count }} Rechnungen zu begleichen: {{ totals.open }}'),
  heading: byCount(`Rechnung {{ invoice.number }} ${isOrWas} fällig`, 'Rechnungen zu begleichen'),
  body: letterBody(manners, {
    opening: paragraphsByCount(
      `eine kurze Erinnerung: Rechnung {{ invoice.number }} ${isOrWas} fällig am ${dueOn}. Offen sind {{ invoice.open }}.`,
      'eine kurze Erinnerung: Auf den folgenden Rechnungen sind {{ totals.open }} offen.',
    ),
    closing: 'Ist Ihre Zahlung schon unterwegs, brauchen Sie nichts weiter zu tun. Vielen Dank.',
  }),
};

export const de: BuiltinWords = {
  delivery: {
    subject: byCount('Rechnung {{ invoice.number }} von {{ sender.name }}', '{{ invoice_count }} Rechnungen von {{ sender.name }}'),
    heading: byCount('Ihre Rechnung {{ invoice.number }}', 'Ihre Rechnungen'),
    body: letterBody(manners, {
      opening: `vielen Dank für Ihren Auftrag.\n\n${paragraphsByCount(
        `Hier ist Ihre Rechnung {{ invoice.number }}. {{ invoice.open }} sind fällig am ${dueOn}.`,
        'Hier sind Ihre Rechnungen, jede mit ihrem Fälligkeitstag.',
      )}`,
    }),
  },
  due,
  overdue: inTime({
    subject: byCount(`Rechnung {{ invoice.number }} ist seit ${days} überfällig: {{ invoice.open }}`, 'Erinnerung: {{ invoice_count }} Rechnungen offen, {{ totals.open }}'),
    heading: 'Zahlungserinnerung',
    body: letterBody(manners, {
      opening: paragraphsByCount(
        `Rechnung {{ invoice.number }} war fällig am ${dueOn}. Davon sind noch {{ invoice.open }} offen; eine Zahlung haben wir bisher nicht gesehen.\n\nBitte zahlen Sie jetzt, oder sagen Sie uns, wann wir mit Ihrer Zahlung rechnen können.`,
        'Auf den folgenden Rechnungen sind noch {{ totals.open }} offen; eine Zahlung haben wir bisher nicht gesehen.\n\nBitte zahlen Sie jetzt, was überfällig ist, oder sagen Sie uns, wann wir mit Ihrer Zahlung rechnen können.',
      ),
      closing: 'Haben Sie in den letzten Tagen gezahlt, betrachten Sie dieses Schreiben bitte als gegenstandslos.',
    }),
  }, due),
  'hold-notice': {
    subject: 'Ihr Konto ist gesperrt: {{ invoice.open }} überfällig',
    heading: 'Ihr Konto ist gesperrt',
    body: letterBody(manners, {
      opening: `Rechnung {{ invoice.number }} war fällig am ${dueOn} und ist noch mit {{ invoice.open }} offen. Wir haben Ihr Konto deshalb gesperrt und können vorerst keine Aufträge auf Rechnung annehmen oder ausführen.\n\nDie Sperre endet, sobald die Zahlung bei uns eingegangen ist. Mehr brauchen Sie nicht zu tun.`,
      closing: 'Gibt es einen Grund, aus dem Sie nicht zahlen können, sprechen Sie bitte noch heute mit uns: Wir finden lieber gemeinsam einen Weg.',
    }),
  },
  released: {
    subject: 'Ihr Konto ist wieder frei',
    heading: 'Die Sperre ist aufgehoben',
    body: letterBody(manners, { payment: false, opening: 'vielen Dank für Ihre Zahlung. Die Sperre Ihres Kontos ist aufgehoben; alles steht Ihnen wieder wie gewohnt zur Verfügung.' }),
  },
  'account-summary': {
    subject: 'Ihr Konto bei {{ sender.name }}: {{ totals.open }} offen',
    heading: 'Was auf Ihrem Konto offen ist',
    body: letterBody(manners, {
      opening: 'auf Ihrem Konto sind {{ totals.open }} offen.{% if totals.overdue %} Davon sind {{ totals.overdue }} überfällig.{% endif %} Die Rechnungen stehen unten.',
      closing: 'Ist Ihre Zahlung schon unterwegs, brauchen Sie nichts weiter zu tun. Vielen Dank.',
    }),
  },
  statement: {
    subject: 'Ihr Kontoauszug vom {{ statement.from }} bis {{ statement.to }}',
    heading: 'Kontoauszug',
    body: letterBody(manners, {
      opening: 'dies ist Ihr Konto bei uns vom {{ statement.from }} bis {{ statement.to }}.\n\n{% if statement.opening %}\nStand davor: {{ statement.opening }}\n{% endif %}\n{% if statement.closing %}\nStand am Ende: **{{ statement.closing }}**\n{% else %}\nEs ist nichts offen.\n{% endif %}',
      table: `${entriesTable({ date: 'Datum', text: 'Buchung', amount: 'Betrag', balance: 'Stand' })}\n\n{{ blocks.invoices }}`,
    }),
  },
};
