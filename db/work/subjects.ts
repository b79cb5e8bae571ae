import type { Knex } from 'knex';
import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import type { TaskSubject } from '../../domain/task/wording';

interface About {
  customerId: number | null;
  invoiceId: number | null;
}

/** What texts with fields in braces are about. */
export interface Subjects {
  customers: ReadonlyMap<number, { id: number; name: string; external_id: string; time_zone: string; owner: string | null }>;
  invoices: ReadonlyMap<number, { id: number; number: string; open_minor: number; currency: string; due_on: LocalDate }>;
}

/** Reads the customers and invoices that some texts are about. */
export async function readSubjects(trx: Knex.Transaction, tasks: readonly About[]): Promise<Subjects> {
  if (tasks.length === 0) return { customers: new Map(), invoices: new Map() };
  const customers = await trx.raw<{ rows: { id: number; name: string; external_id: string; time_zone: string; owner: string | null }[] }>(
    'SELECT c.id, c.name, c.external_id, c.time_zone, u.name AS owner FROM customers c LEFT JOIN users u ON u.id = c.owner_id WHERE c.id = ANY (?)', [idsOf(tasks.map((task) => task.customerId))]);
  const invoices = await trx.raw<{ rows: { id: number; number: string; open_minor: number; currency: string; due_on: LocalDate }[] }>(
    'SELECT id, number, open_minor, currency, due_on FROM invoices WHERE id = ANY (?)', [idsOf(tasks.map((task) => task.invoiceId))]);
  return { customers: new Map(customers.rows.map((row) => [row.id, row])), invoices: new Map(invoices.rows.map((row) => [row.id, row])) };
}

const idsOf = (ids: readonly (number | null)[]): number[] => [...new Set(ids.filter((id) => id !== null))];

export function subjectOf({ customerId, invoiceId, at }: About & { at: InstantMs }, { customers, invoices }: Subjects): TaskSubject {
  const customer = customerId === null ? undefined : customers.get(customerId);
  const invoice = invoiceId === null ? undefined : invoices.get(invoiceId);
  return {
    customer: customer ? { name: customer.name, externalId: customer.external_id, owner: customer.owner } : null,
    invoice: invoice ? { number: invoice.number, openMinor: invoice.open_minor, currency: invoice.currency, dueOn: invoice.due_on } : null,
    today: localDateAt(at, customer?.time_zone ?? 'UTC'),
  };
}
