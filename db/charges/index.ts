export { chargeInvoice, waiveCharge, ChargeError } from './chargeInvoice';
export { listCharges, type ChargeRow } from './listCharges';
