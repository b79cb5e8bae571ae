import { z } from 'zod';
import { contract, creditManagers, readers } from './contract';
import { Id, Instant, LocalDate, Minor, PositiveMinor, Text, idParams, page, pageQuery } from './values';

export const Charge = z.object({
  id: Id, invoiceId: Id, kind: z.enum(['late-fee', 'interest', 'compensation']), amountMinor: Minor, openMinor: Minor.describe('What is neither paid nor waived of it'), currency: z.string(), fromOn: LocalDate.nullable().describe('Interest: the first day it is for'), toOn: LocalDate.nullable(),
  basis: z.string().describe('How it was worked out'), chargedAt: Instant, chargedBy: z.string(), waivedAt: Instant.nullable(), waivedBy: z.string().nullable(), waiveReason: z.string().nullable(),
}).meta({ id: 'Charge' });
const Charges = z.object({ items: z.array(Charge) }).meta({ id: 'Charges' });

const percent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'must be a percentage with a point and at most four decimals, such as "8.5"');
const ReferenceRate = z.object({
  preset: z.enum(['eu', 'de', 'uk']), halfYear: LocalDate.describe('The first day of the half-year'), percent: z.string(), source: z.string(), addedBy: z.string().nullable().describe('Null for a rate that the product knows'), addedAt: Instant.nullable(),
}).meta({ id: 'ReferenceRate' });
const RatePreset = z.object({
  preset: z.enum(['eu', 'de', 'uk']), title: z.string(), law: z.string(), pointsAbove: z.number().describe('Percentage points above the reference rate'), knownUntil: LocalDate.describe('The last day for which the product knows a rate'),
  checkedOn: LocalDate.describe('When the known rates were last held against what was published'), checkedAgainst: z.string(), missing: z.array(LocalDate).describe('Half-years until today without a rate, by their first days: nothing is charged for them, and a task asks'),
}).meta({ id: 'RatePreset' });
export const ChargeRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), amountMinor: PositiveMinor }),
  z.strictObject({ kind: z.literal('percent'), percent: percent.describe('Of what is open and undisputed') }),
  z.strictObject({ kind: z.literal('interest'), percent: percent.describe('A year, by contract'), dayCount: z.enum(['actual/360', 'actual/365', 'actual/actual', '30/360']) }),
  z.strictObject({ kind: z.literal('statutory'), preset: z.enum(['eu', 'de', 'uk']).describe('In the United States only a contract gives interest') }),
]).meta({ id: 'ChargeRule' });

export const chargeContracts = {
  listCharges: contract({ id: 'listCharges', method: 'get', path: '/invoices/{id}/charges', tag: 'Charges', summary: 'Late fees and interest of an invoice, waived ones too', access: readers, params: idParams, status: 200, answer: Charges, problems: [404] }),
  chargeInvoice: contract({
    id: 'chargeInvoice', method: 'post', path: '/invoices/{id}/charges', tag: 'Charges', summary: 'Charge a late fee or interest', access: creditManagers, params: idParams,
    description: 'Interest is for each day after the due date that has not been charged for, on what was open and undisputed on it, up to today. Amounts are rounded half to even, once.',
    body: z.strictObject({ rule: ChargeRule }), status: 201, answer: Charges, problems: [404, 409],
  }),
  payCharge: contract({
    id: 'payCharge', method: 'post', path: '/charges/{id}/payments', tag: 'Charges', summary: 'Put unapplied money of a payment on a charge', access: creditManagers, params: idParams,
    description: 'A payment settles the invoice that it names, and never a charge by itself: what is left of it is put on a charge here.', body: z.strictObject({ paymentId: Id }), status: 200, answer: Charge, problems: [404, 409],
  }),
  listReferenceRates: contract({
    id: 'listReferenceRates', method: 'get', path: '/reference-rates', tag: 'Charges', summary: 'Reference rates that interest by law goes by, the newest first', access: readers,
    query: z.object({ preset: ReferenceRate.shape.preset.optional(), ...pageQuery }), status: 200, answer: page('ReferenceRates', ReferenceRate),
  }),
  listRatePresets: contract({ id: 'listRatePresets', method: 'get', path: '/reference-rates/presets', tag: 'Charges', summary: 'The laws that interest goes by, and which of their rates are missing', access: readers, status: 200, answer: z.object({ items: z.array(RatePreset) }).meta({ id: 'RatePresets' }) }),
  setReferenceRate: contract({
    id: 'setReferenceRate', method: 'put', path: '/reference-rates/{preset}/{halfYear}', tag: 'Charges', summary: 'Add the reference rate of a half-year', access: creditManagers,
    params: z.object({ preset: z.enum(['eu', 'de', 'uk']), halfYear: LocalDate.refine((day) => /-0[17]-01$/.test(day), 'must be the first day of a half-year, such as 2027-01-01') }),
    body: z.strictObject({ percent: z.string().regex(/^-?\d{1,2}(\.\d{1,4})?$/, 'must be a percentage with a point, such as "2.15"'), source: Text.describe('Where it was published') }), status: 204,
  }),
  waiveCharge: contract({ id: 'waiveCharge', method: 'post', path: '/charges/{id}/waive', tag: 'Charges', summary: 'Waive a charge, with a reason', access: creditManagers, params: idParams, body: z.strictObject({ reason: Text }), status: 200, answer: Charge, problems: [404, 409] }),
};
