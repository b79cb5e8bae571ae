import { byCount, entriesTable, inTime, letterBody, paragraphsByCount, type BuiltinWords, type Manners } from './letter';

export const manners: Manners = {
  greeting: 'Hola, {{ customer.name }}:',
  questions: '¿Hay algún error o ya ha pagado? Escríbanos: {{ sender.contact }}.',
  regards: 'Un cordial saludo',
};
const days = '{{ invoice.days_overdue | plural: "1 día", "# días" }}';
const dueOn = '{{ invoice.due_on | date: "full" }}';
const dueWords = `{% if invoice.days_overdue > 0 %}venció{% else %}vence{% endif %} el ${dueOn}`;
const dueInSubject = `{% if invoice.days_overdue == 0 %}vence hoy{% else %}${dueWords}{% endif %}`;

const due = {
  subject: byCount(`La factura {{ invoice.number }} ${dueInSubject}: {{ invoice.open }}`, '{{ invoice_count }} facturas por pagar: {{ totals.open }}'),
  heading: byCount('Vencimiento de la factura {{ invoice.number }}', 'Facturas por pagar'),
  body: letterBody(manners, {
    opening: paragraphsByCount(
      `Un breve recordatorio: la factura {{ invoice.number }} ${dueWords}. Quedan {{ invoice.open }} por pagar.`,
      'Un breve recordatorio: quedan {{ totals.open }} por pagar en las facturas siguientes.',
    ),
    closing: 'Si su pago ya está en camino, no tiene que hacer nada más. Gracias.',
  }),
};

export const es: BuiltinWords = {
  delivery: {
    subject: byCount('Factura {{ invoice.number }} de {{ sender.name }}', '{{ invoice_count }} facturas de {{ sender.name }}'),
    heading: byCount('Su factura {{ invoice.number }}', 'Sus facturas'),
    body: letterBody(manners, {
      opening: `Gracias por su confianza.\n\n${paragraphsByCount(
        `Aquí tiene su factura {{ invoice.number }}. El plazo para pagar {{ invoice.open }} termina el ${dueOn}.`,
        'Aquí tiene sus facturas, cada una con su vencimiento.',
      )}`,
    }),
  },
  due,
  overdue: inTime({
    subject: byCount(`La factura {{ invoice.number }} lleva ${days} de retraso: {{ invoice.open }}`, 'Recordatorio: {{ invoice_count }} facturas pendientes, {{ totals.open }}'),
    heading: 'Recordatorio de pago',
    body: letterBody(manners, {
      opening: paragraphsByCount(
        `La factura {{ invoice.number }} venció el ${dueOn}. Quedan {{ invoice.open }} por pagar y aún no hemos recibido ningún pago.\n\nLe rogamos que la pague ahora o que nos diga cuándo podemos esperar su pago.`,
        'Quedan {{ totals.open }} por pagar en las facturas siguientes y aún no hemos recibido ningún pago.\n\nLe rogamos que pague ahora lo vencido o que nos diga cuándo podemos esperar su pago.',
      ),
      closing: 'Si ha pagado en los últimos días, no tenga en cuenta este mensaje.',
    }),
  }, due),
  'hold-notice': {
    subject: 'Su cuenta está bloqueada: {{ invoice.open }} con retraso',
    heading: 'Su cuenta está bloqueada',
    body: letterBody(manners, {
      opening: `La factura {{ invoice.number }} venció el ${dueOn} y quedan {{ invoice.open }} por pagar. Por eso hemos bloqueado su cuenta y, por ahora, no podemos aceptar pedidos ni trabajos a crédito.\n\nEl bloqueo termina en cuanto recibamos el pago. No tiene que hacer nada más.`,
      closing: 'Si hay un motivo por el que no puede pagar, hable hoy mismo con nosotros: preferimos encontrar juntos una solución.',
    }),
  },
  released: {
    subject: 'Su cuenta ya no está bloqueada',
    heading: 'El bloqueo ha terminado',
    body: letterBody(manners, { payment: false, opening: 'Gracias por su pago. Hemos levantado el bloqueo de su cuenta; vuelve a tenerlo todo a su disposición como antes.' }),
  },
  'account-summary': {
    subject: 'Su cuenta con {{ sender.name }}: {{ totals.open }} por pagar',
    heading: 'Lo que está pendiente en su cuenta',
    body: letterBody(manners, {
      opening: 'Quedan {{ totals.open }} por pagar en su cuenta.{% if totals.overdue %} De ellos están vencidos {{ totals.overdue }}.{% endif %} Las facturas figuran a continuación.',
      closing: 'Si su pago ya está en camino, no tiene que hacer nada más. Gracias.',
    }),
  },
  statement: {
    subject: 'Extracto de su cuenta del {{ statement.from }} al {{ statement.to }}',
    heading: 'Extracto de cuenta',
    body: letterBody(manners, {
      opening: 'Este es el estado de su cuenta con nosotros del {{ statement.from }} al {{ statement.to }}.\n\n{% if statement.opening %}\nSaldo anterior: {{ statement.opening }}\n{% endif %}\n{% if statement.closing %}\nSaldo final: **{{ statement.closing }}**\n{% else %}\nNo hay nada pendiente.\n{% endif %}',
      table: `${entriesTable({ date: 'Fecha', text: 'Movimiento', amount: 'Importe', balance: 'Saldo' })}\n\n{{ blocks.invoices }}`,
    }),
  },
};
