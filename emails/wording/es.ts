import type { Facts, Wording } from './types';

const days = (count: number): string => (count === 1 ? '1 día' : `${count} días`);

const dueWords = (f: Facts): string => `${f.daysOverdue > 0 ? 'venció' : 'vence'} el ${f.dueOn}`;

export const es: Wording = {
  labels: {
    greeting: (customer) => `Hola, ${customer}:`,
    regards: 'Un cordial saludo',
    invoice: 'Factura',
    issued: 'Emitida',
    due: 'Vencimiento',
    status: 'Situación',
    total: 'Importe',
    open: 'Pendiente',
    totalOpen: 'Total pendiente',
    description: 'Descripción',
    quantity: 'Cantidad',
    amount: 'Importe',
    billedTo: 'Facturado a',
    paid: 'Pagado y abonado',
    waysToPay: 'Cómo pagar',
    accountHolder: 'Titular de la cuenta',
    bank: 'Banco',
    account: 'Cuenta',
    routing: 'BIC',
    paymentReference: 'Concepto',
    questions: (contact) => `¿Hay algún error o ya ha pagado? Escríbanos: ${contact}.`,
    messageReference: (id) => `Mensaje ${id}`,
    page: (page, of) => `Página ${page} de ${of}`,
  },
  status: {
    settled: 'Pagada',
    dueToday: 'Vence hoy',
    dueIn: (count) => `Vence en ${days(count)}`,
    overdue: (count) => `${days(count)} de retraso`,
  },
  templates: {
    delivery: {
      subject: (f) => (f.count === 1 ? `Factura ${f.number} de ${f.sender}` : `${f.count} facturas de ${f.sender}`),
      heading: (f) => (f.count === 1 ? `Su factura ${f.number}` : 'Sus facturas'),
      opening: (f) => (f.count === 1
        ? ['Gracias por su confianza.', `Aquí tiene su factura ${f.number}. El plazo para pagar ${f.open} termina el ${f.dueOn}.`]
        : ['Gracias por su confianza.', 'Aquí tiene sus facturas, cada una con su vencimiento.']),
      closing: () => [],
      asksForPayment: true,
    },
    due: {
      subject: (f) => (f.count === 1 ? `La factura ${f.number} ${f.daysOverdue === 0 ? 'vence hoy' : dueWords(f)}: ${f.open}` : `${f.count} facturas por pagar: ${f.totalOpen}`),
      heading: (f) => (f.count === 1 ? `Vencimiento de la factura ${f.number}` : 'Facturas por pagar'),
      opening: (f) => (f.count === 1
        ? [`Un breve recordatorio: la factura ${f.number} ${dueWords(f)}. Quedan ${f.open} por pagar.`]
        : [`Un breve recordatorio: quedan ${f.totalOpen} por pagar en las facturas siguientes.`]),
      closing: () => ['Si su pago ya está en camino, no tiene que hacer nada más. Gracias.'],
      asksForPayment: true,
    },
    overdue: {
      subject: (f) => (f.count === 1 ? `La factura ${f.number} lleva ${days(f.daysOverdue)} de retraso: ${f.open}` : `Recordatorio: ${f.count} facturas pendientes, ${f.totalOpen}`),
      heading: () => 'Recordatorio de pago',
      opening: (f) => (f.count === 1
        ? [`La factura ${f.number} venció el ${f.dueOn}. Quedan ${f.open} por pagar y aún no hemos recibido ningún pago.`, 'Le rogamos que la pague ahora o que nos diga cuándo podemos esperar su pago.']
        : [`Quedan ${f.totalOpen} por pagar en las facturas siguientes y aún no hemos recibido ningún pago.`, 'Le rogamos que pague ahora lo vencido o que nos diga cuándo podemos esperar su pago.']),
      closing: () => ['Si ha pagado en los últimos días, no tenga en cuenta este mensaje.'],
      asksForPayment: true,
    },
    'hold-notice': {
      subject: (f) => `Su cuenta está bloqueada: ${f.open} con retraso`,
      heading: () => 'Su cuenta está bloqueada',
      opening: (f) => [
        `La factura ${f.number} venció el ${f.dueOn} y quedan ${f.open} por pagar. Por eso hemos bloqueado su cuenta y, por ahora, no podemos aceptar pedidos ni trabajos a crédito.`,
        'El bloqueo termina en cuanto recibamos el pago. No tiene que hacer nada más.',
      ],
      closing: () => ['Si hay un motivo por el que no puede pagar, hable hoy mismo con nosotros: preferimos encontrar juntos una solución.'],
      asksForPayment: true,
    },
    released: {
      subject: () => 'Su cuenta ya no está bloqueada',
      heading: () => 'El bloqueo ha terminado',
      opening: () => ['Gracias por su pago. Hemos levantado el bloqueo de su cuenta; vuelve a tenerlo todo a su disposición como antes.'],
      closing: () => [],
      asksForPayment: false,
    },
  },
};
