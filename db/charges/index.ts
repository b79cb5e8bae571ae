export { applyToCharge } from './applyToCharge';
export { chargeInvoice, waiveCharge, ChargeError } from './chargeInvoice';
export { listCharges, type ChargeRow } from './listCharges';
export { listReferenceRates, readAddedRates, setReferenceRate, type ReferenceRate } from './referenceRates';
