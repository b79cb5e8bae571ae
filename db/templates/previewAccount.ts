import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import type { CustomValue } from '../../domain/collection/facts';
import { readClock } from '../clock/clock';
import { readInvoiceContents, type InvoiceContent } from '../mail/content';

export interface PreviewAccount {
  name: string;
  /** Where the customer is. */
  today: LocalDate;
  customer: { number: string; country: string | null; tier: string | null; businessUnit: string | null; termsDays: number | null; custom: Record<string, CustomValue> };
  invoices: InvoiceContent[];
}

/** A preview shows how a letter looks: the oldest open invoices are enough for that. */
const invoicesMax = 10;

/** A customer with the open invoices that are due first, as a message would tell of them now; null when there is no such customer. */
export function previewAccount(knex: Knex, customerId: number): Promise<PreviewAccount | null> {
  return knex.transaction(async (trx) => {
    const row = await trx<{ id: number; external_id: string; name: string; time_zone: string; country: string | null; tier: string | null; business_unit: string | null; terms_days: number | null; custom: Record<string, CustomValue> }>('customers')
      .where({ id: customerId }).first('external_id', 'name', 'time_zone', 'country', 'tier', 'business_unit', 'terms_days', 'custom');
    if (!row) return null;
    const { now } = await readClock(trx);
    const ids = await trx<{ id: number; customer_id: number; open_minor: number; due_on: string }>('invoices').where({ customer_id: customerId }).where('open_minor', '>', 0).orderBy(['due_on', 'id']).limit(invoicesMax).pluck('id');
    return {
      name: row.name, today: localDateAt(now, row.time_zone), invoices: await readInvoiceContents(trx, ids as number[], []),
      customer: { number: row.external_id, country: row.country, tier: row.tier, businessUnit: row.business_unit, termsDays: row.terms_days, custom: row.custom },
    };
  });
}
