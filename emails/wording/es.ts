import type { Wording } from './types';

const days = (count: number): string => (count === 1 ? '1 día' : `${count} días`);

export const es: Wording = {
  labels: {
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
    withoutDisputed: (amount) => `Los importes anteriores no incluyen ${amount} que usted impugna: lo estamos revisando.`,
    withoutPromised: (amount) => `Los importes anteriores no incluyen ${amount} que usted ha prometido pagar. Gracias.`,
    withDiscount: (number, discounted, discount, until) => `Para ${number} descontamos ${discount} si recibimos ${discounted} hasta el ${until}.`,
    percent: (number) => `${number} %`,
    offer: (taken) => `${taken} de descuento en cada factura de abajo que se pague a tiempo`,
    withCharges: (amount) => `Además de los importes anteriores, hay recargos e intereses de demora de ${amount}.`,
    messageReference: (id) => `Mensaje ${id}`,
    page: (page, of) => `Página ${page} de ${of}`,
  },
  status: {
    settled: 'Pagada',
    dueToday: 'Vence hoy',
    dueIn: (count) => `Vence en ${days(count)}`,
    overdue: (count) => `${days(count)} de retraso`,
  },
};
