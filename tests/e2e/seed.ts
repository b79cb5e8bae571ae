import path from 'node:path';
import type { Knex } from 'knex';
import { readPolicyFile } from '../../cli/policyFiles';
import { addUser } from '../../db/access/users';
import { systemActor } from '../../db/audit/actor';
import { startManualClock } from '../../db/clock/clock';
import { recordPayments, upsertCustomers, upsertInvoices, type RecordResult } from '../../db/ledger';
import { publishPolicy } from '../../db/policies';
import { roles, type Role } from '../../domain/access/roles';
import type { InvoiceRecord } from '../../domain/ledger/records';

/** Monday, 2 March 2026, before anybody's sending window opens. */
export const clockStarts = '2026-03-02T05:00:00Z';
export const password = 'a long enough password';
export const emailOf = (role: Role): string => `${role}@console.example`;

/** More than a page of the list holds, so that it must fetch the next one while it is scrolled. */
const draftsCount = 230;

const customers = [
  { externalId: 'C-1', name: 'Alder Paper', timeZone: 'Europe/London', country: 'GB', language: 'en', contacts: [{ role: 'billing' as const, name: 'Ann Alder', email: 'ann@alder.example' }] },
  { externalId: 'C-2', name: 'Brauer GmbH', timeZone: 'Europe/Berlin', country: 'DE', language: 'de', contacts: [{ role: 'billing' as const, name: 'Bernd Brauer', email: 'bernd@brauer.example' }] },
  { externalId: 'C-3', name: 'Calypso Foods', timeZone: 'America/New_York', country: 'US', language: 'en', contacts: [{ role: 'billing' as const, name: 'Cal Yates', email: 'cal@calypso.example' }] },
  { externalId: 'C-4', name: 'Dovetail Joinery', timeZone: 'Europe/London', country: 'GB', language: 'en', contacts: [] },
];

const invoices: InvoiceRecord[] = [
  { externalId: 'INV-1', customerExternalId: 'C-1', issuedOn: '2026-01-31', dueOn: '2026-03-02', currency: 'GBP', totalMinor: 120_000, lines: [{ description: 'Paper, 80 g', quantity: 40, amountMinor: 120_000 }] },
  { externalId: 'INV-2', customerExternalId: 'C-1', issuedOn: '2026-01-15', dueOn: '2026-02-14', currency: 'GBP', totalMinor: 45_050 },
  { externalId: 'INV-3', customerExternalId: 'C-2', issuedOn: '2026-01-17', dueOn: '2026-02-16', currency: 'EUR', totalMinor: 310_000 },
  { externalId: 'INV-4', customerExternalId: 'C-3', issuedOn: '2025-12-11', dueOn: '2026-01-10', currency: 'USD', totalMinor: 250_000 },
  { externalId: 'INV-5', customerExternalId: 'C-4', issuedOn: '2026-02-20', dueOn: '2026-03-22', currency: 'GBP', totalMinor: 9_900 },
  { externalId: 'INV-6', customerExternalId: 'C-3', issuedOn: '2026-02-25', dueOn: '2026-04-10', currency: 'JPY', totalMinor: 84_000 },
  ...Array.from({ length: draftsCount }, (_, index): InvoiceRecord => ({
    externalId: `DRAFT-${String(index + 1).padStart(3, '0')}`, customerExternalId: 'C-4', issuedOn: '2026-06-01', dueOn: '2026-07-01', currency: 'GBP', totalMinor: 1_000 + index, documentState: 'draft',
  })),
];

/** A small ledger with something of everything, one person for each role, the reference strategy, and a manual clock. */
export async function seed(knex: Knex): Promise<void> {
  await startManualClock(knex, Date.parse(clockStarts));
  const { policy, source } = await readPolicyFile(path.join(__dirname, '../../policies/reference.yaml'));
  await knex.transaction((trx) => publishPolicy(trx, { policy, source, actor: systemActor }));
  for (const role of roles) await addUser(knex, { email: emailOf(role), name: `Test ${role}`, role, password });
  const context = { actor: systemActor, at: new Date(clockStarts) };
  accepted(await upsertCustomers(knex, context, customers));
  accepted(await upsertInvoices(knex, context, invoices));
  accepted(await recordPayments(knex, context, [{ externalId: 'PAY-1', invoiceExternalId: 'INV-2', receivedAt: '2026-02-10', currency: 'GBP', amountMinor: 45_050, method: 'Bank transfer' }]));
}

function accepted(results: readonly RecordResult[]): void {
  const refused = results.find(({ status }) => status === 'refused');
  if (refused) throw new Error(`${refused.externalId} was refused: ${JSON.stringify(refused.errors)}`);
}
