import fc from 'fast-check';
import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { applyCash, recordCreditNotes, recordPayments, refundPayments, reversePayments, reverseWriteOffs, upsertCustomers, upsertInvoices, writeOffInvoices } from '../../../db/ledger';
import { applyToInvoice } from '../../../domain/ledger/apply';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

/**
 * A model of one customer's ledger in plain numbers, walked in step with the real one on PostgreSQL: after every command all balances
 * must agree.
 */
interface Model {
  invoices: Map<string, { totalMinor: number; openMinor: number; isVoid: boolean }>;
  receipts: Map<string, { kind: 'payment' | 'credit-note'; amountMinor: number; unappliedMinor: number; refundedMinor: number; reversed: boolean }>;
  writeOffs: Map<string, { reversed: boolean }>;
  applications: { invoice: string; receipt?: string; writeOff?: string; amountMinor: number }[];
}

type Command =
  | { do: 'pay' | 'credit'; invoice: number | null; amountMinor: number }
  | { do: 'reverse'; receipt: number; chargeback: boolean }
  | { do: 'refund'; receipt: number; amountMinor: number | null }
  | { do: 'apply'; receipt: number; invoice: number; amountMinor: number | null }
  | { do: 'write-off'; invoice: number; amountMinor: number | null }
  | { do: 'reverse-write-off'; writeOff: number }
  | { do: 'void'; invoice: number }
  | { do: 'repeat' };

const invoiceCount = 3;
const amount = fc.integer({ min: 1, max: 150_00 });
const invoice = fc.nat(invoiceCount - 1);
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('pay' as const, 'credit' as const), invoice: fc.option(invoice), amountMinor: amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reverse' as const), receipt: fc.nat(8), chargeback: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('refund' as const), receipt: fc.nat(8), amountMinor: fc.option(fc.integer({ min: 1, max: 60_00 })) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('apply' as const), receipt: fc.nat(8), invoice, amountMinor: fc.option(amount) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('write-off' as const), invoice, amountMinor: fc.option(amount) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reverse-write-off' as const), writeOff: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('void' as const), invoice }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const) }) },
);

const context = { actor: systemActor, at: new Date('2026-03-01T12:00:00Z') };
let database: FreshDatabase;
let knex: Knex;
let round = 0;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
});
afterAll(() => database.destroy());

test('any sequence of payments, credits, refunds, reversals, applications, write-offs and voids keeps every balance', async () => {
  await expect(fc.assert(fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 14, size: 'max' }), async (commands) => {
    const name = `m${(round += 1)}`;
    const model = await start(name);
    let last: (() => Promise<unknown>) | null = null;
    for (const [index, next] of commands.entries()) {
      const id = `${name}-${index}`;
      if (next.do === 'repeat') await last?.();
      else last = await perform(model, name, id, next);
      await compare(model, name);
    }
  }), { numRuns: 40 })).resolves.toBeUndefined();
}, 120_000);

async function start(name: string): Promise<Model> {
  await upsertCustomers(knex, context, [{ externalId: name, name }]);
  const model: Model = { invoices: new Map(), receipts: new Map(), writeOffs: new Map(), applications: [] };
  for (let n = 0; n < invoiceCount; n += 1) {
    const totalMinor = [50_00, 100_00, 0][n]!;
    model.invoices.set(`${name}/${n}`, { totalMinor, openMinor: totalMinor, isVoid: false });
  }
  await upsertInvoices(knex, context, [...model.invoices].map(([externalId, { totalMinor }]) => record(name, externalId, totalMinor)));
  return model;
}

const record = (customer: string, externalId: string, totalMinor: number) => ({ externalId, customerExternalId: customer, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'USD', totalMinor });
const nth = <T>(map: ReadonlyMap<string, T>, index: number): string | undefined => [...map.keys()][index];

/** Does a command to both; answers with the same command again, where a repeat must be harmless. */
async function perform(model: Model, customer: string, id: string, next: Exclude<Command, { do: 'repeat' }>): Promise<(() => Promise<unknown>) | null> {
  switch (next.do) {
    case 'pay':
    case 'credit': {
      const target = next.invoice === null ? null : nth(model.invoices, next.invoice)!;
      const common = { externalId: id, customerExternalId: customer, invoiceExternalId: target, currency: 'USD', amountMinor: next.amountMinor };
      const call = next.do === 'pay' ? () => recordPayments(knex, context, [{ ...common, receivedAt: '2026-01-15' }]) : () => recordCreditNotes(knex, context, [{ ...common, issuedOn: '2026-01-15' }]);
      const [result] = await call();
      const openMinor = target ? model.invoices.get(target)!.openMinor : 0;
      const { appliedMinor, unappliedMinor } = applyToInvoice({ amountMinor: next.amountMinor, openMinor });
      expect(result).toMatchObject({ status: 'created', appliedMinor, unappliedMinor });
      model.receipts.set(id, { kind: next.do === 'pay' ? 'payment' : 'credit-note', amountMinor: next.amountMinor, unappliedMinor, refundedMinor: 0, reversed: false });
      if (target && appliedMinor) settle(model, target, appliedMinor, { receipt: id });
      return call;
    }
    case 'reverse': {
      const id = nth(model.receipts, next.receipt);
      const receipt = id === undefined ? undefined : model.receipts.get(id)!;
      if (id === undefined || receipt?.kind !== 'payment') return null;
      await reversePayments(knex, context, [{ externalId: id, kind: next.chargeback ? 'chargeback' : 'reversal' }]);
      reopen(model, (application) => application.receipt === id);
      receipt.reversed = true;
      receipt.unappliedMinor = 0;
      return () => reversePayments(knex, context, [{ externalId: id }]);
    }
    case 'refund': {
      const payments = [...model.receipts].filter(([, { kind }]) => kind === 'payment');
      const paymentExternalId = payments[next.receipt % Math.max(payments.length, 1)]?.[0];
      const receipt = paymentExternalId === undefined ? undefined : model.receipts.get(paymentExternalId)!;
      if (paymentExternalId === undefined || receipt?.kind !== 'payment') return null;
      const call = () => refundPayments(knex, context, [{ externalId: `r-${id}`, paymentExternalId, amountMinor: next.amountMinor }]);
      const left = receipt.amountMinor - receipt.refundedMinor;
      const wanted = next.amountMinor ?? left;
      const possible = !receipt.reversed && left > 0 && wanted <= left;
      expect((await call())[0]).toMatchObject(possible ? { status: 'created', amountMinor: wanted } : { status: 'refused' });
      if (!possible) return null;
      receipt.refundedMinor += wanted;
      const fromUnapplied = Math.min(wanted, receipt.unappliedMinor);
      receipt.unappliedMinor -= fromUnapplied;
      takeBack(model, paymentExternalId, wanted - fromUnapplied);
      return call;
    }
    case 'apply': {
      const id = nth(model.receipts, next.receipt);
      if (id === undefined) return null;
      const receipt = model.receipts.get(id)!;
      const target = nth(model.invoices, next.invoice)!;
      const openMinor = model.invoices.get(target)!.openMinor;
      const [result] = await applyCash(knex, context, [{ source: { kind: receipt.kind, externalId: id }, invoiceExternalId: target, amountMinor: next.amountMinor ?? undefined }]);
      const wanted = next.amountMinor ?? receipt.unappliedMinor;
      const appliedMinor = wanted > receipt.unappliedMinor || (next.amountMinor !== null && wanted > openMinor) ? 0 : applyToInvoice({ amountMinor: wanted, openMinor }).appliedMinor;
      expect(result).toMatchObject(appliedMinor ? { status: 'created', appliedMinor } : { status: 'refused' });
      receipt.unappliedMinor -= appliedMinor;
      if (appliedMinor) settle(model, target, appliedMinor, { receipt: id });
      return null;
    }
    case 'write-off': {
      const target = nth(model.invoices, next.invoice)!;
      const openMinor = model.invoices.get(target)!.openMinor;
      const amountMinor = next.amountMinor ?? openMinor;
      const call = (): Promise<unknown[]> => writeOffInvoices(knex, context, [{ externalId: id, invoiceExternalId: target, amountMinor: next.amountMinor ?? undefined }]);
      const possible = openMinor > 0 && amountMinor <= openMinor;
      expect((await call())[0]).toMatchObject(possible ? { status: 'created', amountMinor } : { status: 'refused' });
      if (!possible) return null;
      model.writeOffs.set(id, { reversed: false });
      settle(model, target, amountMinor, { writeOff: id });
      return call;
    }
    case 'reverse-write-off': {
      const id = nth(model.writeOffs, next.writeOff);
      if (id === undefined) return null;
      await reverseWriteOffs(knex, context, [{ externalId: id }]);
      reopen(model, (application) => application.writeOff === id);
      model.writeOffs.get(id)!.reversed = true;
      return () => reverseWriteOffs(knex, context, [{ externalId: id }]);
    }
    case 'void': {
      const target = nth(model.invoices, next.invoice)!;
      const found = model.invoices.get(target)!;
      await upsertInvoices(knex, context, [{ ...record(customer, target, found.totalMinor), documentState: 'void' }]);
      for (const application of model.applications) if (application.invoice === target && application.receipt) model.receipts.get(application.receipt)!.unappliedMinor += application.amountMinor;
      reopen(model, (application) => application.invoice === target);
      found.isVoid = true;
      found.openMinor = 0;
      return null;
    }
  }
}

function settle(model: Model, target: string, amountMinor: number, by: { receipt?: string; writeOff?: string }): void {
  model.invoices.get(target)!.openMinor -= amountMinor;
  model.applications.push({ invoice: target, amountMinor, ...by });
}

function reopen(model: Model, which: (application: Model['applications'][number]) => boolean): void {
  for (const application of model.applications.filter(which)) {
    const found = model.invoices.get(application.invoice)!;
    if (!found.isVoid) found.openMinor += application.amountMinor;
  }
  model.applications = model.applications.filter((application) => !which(application));
}

/** The newest applications of a payment first, the last of them in part. */
function takeBack(model: Model, receipt: string, amountMinor: number): void {
  let left = amountMinor;
  for (const application of model.applications.toReversed()) {
    if (application.receipt !== receipt) continue;
    const taken = Math.min(left, application.amountMinor);
    application.amountMinor -= taken;
    left -= taken;
    model.invoices.get(application.invoice)!.openMinor += taken;
  }
  expect(left).toBe(0);
}

async function compare(model: Model, customer: string): Promise<void> {
  const { rows: invoices } = await knex.raw<{ rows: { external_id: string; open_minor: number; by_applications: number }[] }>(
    `SELECT i.external_id, i.open_minor, CASE WHEN i.document_state = 'issued' THEN i.total_minor ELSE 0 END
       - coalesce((SELECT sum(a.amount_minor) FROM applications a WHERE a.invoice_id = i.id AND a.reversed_at IS NULL), 0)::bigint AS by_applications
     FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE c.external_id = ?`, [customer]);
  for (const row of invoices) {
    expect(row.open_minor).toBe(row.by_applications);
    expect(row.open_minor).toBe(model.invoices.get(row.external_id)!.openMinor);
  }
  const { rows: sums } = await knex.raw<{ rows: { external_id: string; amount_minor: number; applied_minor: number; refunded_minor: number; unapplied_minor: number; by_applications: number; by_refunds: number }[] }>(
    `SELECT p.external_id, p.amount_minor, p.applied_minor, p.refunded_minor, p.unapplied_minor,
       coalesce((SELECT sum(a.amount_minor) FROM applications a WHERE a.payment_id = p.id AND a.reversed_at IS NULL), 0)::bigint AS by_applications,
       coalesce((SELECT sum(r.amount_minor) FROM refunds r WHERE r.payment_id = p.id), 0)::bigint AS by_refunds
     FROM payments p WHERE p.customer_id = (SELECT id FROM customers WHERE external_id = ?)`, [customer]);
  for (const row of sums) {
    const { refundedMinor, reversed } = model.receipts.get(row.external_id)!;
    expect([row.applied_minor, row.refunded_minor, row.refunded_minor]).toEqual([row.by_applications, row.by_refunds, refundedMinor]);
    if (!reversed) expect(row.applied_minor + row.unapplied_minor + row.refunded_minor).toBe(row.amount_minor);
  }
  const { rows: receipts } = await knex.raw<{ rows: { external_id: string; unapplied_minor: number }[] }>(
    `SELECT external_id, unapplied_minor FROM payments WHERE customer_id = (SELECT id FROM customers WHERE external_id = ?)
     UNION ALL SELECT external_id, unapplied_minor FROM credit_notes WHERE customer_id = (SELECT id FROM customers WHERE external_id = ?)`, [customer, customer]);
  expect(new Map(receipts.map((row) => [row.external_id, row.unapplied_minor]))).toEqual(new Map([...model.receipts].map(([id, { unappliedMinor }]) => [id, unappliedMinor])));
}
