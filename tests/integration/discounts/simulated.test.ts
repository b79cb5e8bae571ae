import fc from 'fast-check';
import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { offerDiscounts } from '../../../db/discounts';
import { openDispute, resolveDispute } from '../../../db/disputes';
import { recordCreditNotes, recordPayments, refundPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { addDays } from '../../../domain/calendar/dates';
import type { DisputeResolution } from '../../../domain/dispute/dispute';
import type { CreditNoteRecord, DisputeRecord, FiledRefund, PaymentRecord } from '../../../domain/ledger/records';
import { simulate } from '../../../domain/simulation/simulate';
import { customer, invoice as invoiceOf, ladder } from '../../domain/collection/story';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

/* What a discount takes off, gives back and leaves open beside disputes: the simulation and the ledger say the same, day by day. */
const issued = '2026-03-02';
const lastDay = 30;
const [offeredDays, totalMinor] = [14, 1_000_00];
const probes = Array.from({ length: lastDay / 2 }, (_each, index) => 2 * (index + 1));
const policy = ladder([
  '- { id: offer, title: Offer, anchor: issued, offset: { days: 0 }, actions: [{ discount: { percent: "2", forDays: 14 } }] }',
  ...probes.map((day) => `- { id: d-${day}, title: Look, anchor: issued, offset: { days: ${day} }, actions: [{ notify: { audience: collections, title: Look } }] }`),
].join('\n'));

const probedAt = new Map(probes.map((day) => [`d-${day}`, `${addDays(issued, day)}T09:00:00.000Z`]));

type Happening =
  | { do: 'pay'; amountMinor: number; refund: { after: number; share: number } | null }
  | { do: 'credit'; amountMinor: number }
  | { do: 'dispute'; amountMinor: number; after: number; resolution: 'valid' | 'invalid' | null };

const amount = fc.oneof(fc.constantFrom(980_00, 588_00, 600_00, 392_00, 490_00, 294_00, 20_00, 12_00, 8_00), fc.integer({ min: 1, max: totalMinor }));
const after = fc.integer({ min: 1, max: 8 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pay' as const), amountMinor: amount, refund: fc.option(fc.record({ after, share: fc.constantFrom(0.1, 0.5, 1) })) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('credit' as const), amountMinor: fc.integer({ min: 1, max: 300_00 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('dispute' as const), amountMinor: fc.constantFrom(400_00, 500_00, 100_00), after, resolution: fc.option(fc.constantFrom('valid' as const, 'invalid' as const)) }) },
);

interface Act { at: string; ledger(knex: Knex): Promise<unknown> }
interface Story { acts: Act[]; payments: PaymentRecord[]; creditNotes: CreditNoteRecord[]; refunds: FiledRefund[]; disputes: DisputeRecord[] }

/** The same story as acts upon the ledger and as files. Happenings are on odd days, a minute apart, so that their order is plain. */
function tell(invoice: string, happenings: readonly Happening[]): Story {
  const story: Story = { acts: [], payments: [], creditNotes: [], refunds: [], disputes: [] };
  let minute = 0;
  const onDay = (day: number): string => `${addDays(issued, day)}T12:${String((minute += 1)).padStart(2, '0')}:00Z`;
  const context = (at: string) => ({ actor: systemActor, at: new Date(at) });
  happenings.forEach((each, index) => {
    const day = 2 * index + 1;
    const externalId = `${invoice}/${index}`;
    if (each.do === 'pay') {
      const paid: PaymentRecord = { externalId, customerExternalId: invoice, invoiceExternalId: invoice, receivedAt: onDay(day), currency: 'USD', amountMinor: each.amountMinor };
      story.payments.push(paid);
      story.acts.push({ at: paid.receivedAt, ledger: (knex) => recordPayments(knex, context(paid.receivedAt), [paid]) });
      if (!each.refund) return;
      const back = { externalId, paymentExternalId: externalId, refundedAt: onDay(day + 2 * each.refund.after), currency: 'USD', amountMinor: Math.max(1, Math.floor(each.amountMinor * each.refund.share)) };
      story.refunds.push({ ...back, kind: 'refund' });
      story.acts.push({ at: back.refundedAt, ledger: (knex) => refundPayments(knex, context(back.refundedAt), [back]) });
    } else if (each.do === 'credit') {
      // A credit note comes with its day, so at its start.
      const note: CreditNoteRecord = { externalId, customerExternalId: invoice, invoiceExternalId: invoice, issuedOn: addDays(issued, day), currency: 'USD', amountMinor: each.amountMinor };
      const at = `${note.issuedOn}T00:00:00Z`;
      story.creditNotes.push(note);
      story.acts.push({ at, ledger: (knex) => recordCreditNotes(knex, context(at), [note]) });
    } else {
      const openedAt = onDay(day);
      const resolution: DisputeResolution | null = each.resolution === null ? null : { kind: each.resolution };
      const resolvedAt = onDay(day + 2 * each.after);
      story.disputes.push({ externalId, invoiceExternalId: invoice, openedAt, currency: 'USD', amountMinor: each.amountMinor, reason: 'price', resolved: resolution && { at: resolvedAt, resolution } });
      story.acts.push({ at: openedAt, ledger: (knex) => openDispute(knex, context(openedAt), { externalId, invoiceExternalId: invoice, amountMinor: each.amountMinor, atMost: true, reason: 'price', source: 'api' }) });
      if (resolution) story.acts.push({ at: resolvedAt, ledger: async (knex) => {
        const [id] = await knex('disputes').where({ external_id: externalId }).pluck<number[]>('id');
        if (id) await knex.transaction((trx) => resolveDispute(trx, context(resolvedAt), id, resolution, null));
      } });
    }
  });
  story.acts.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return story;
}

describe('discounts beside disputes', () => {
  let database: FreshDatabase;
  let counter = 0;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.destroy());

  test('what is open of the invoice is the same in the simulation and in the ledger, whatever was paid, refunded, credited and disputed', async () => {
    const { knex } = database;
    let discounts = 0;
    await fc.assert(fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 7 }), async (happenings) => {
      const name = `i-${(counter += 1)}`;
      const story = tell(name, happenings);
      const record = invoiceOf(name, issued, addDays(issued, 40), totalMinor, { customerExternalId: name });
      const ledger = { customers: [customer(name)], invoices: [record], ...story };
      // A step that is kept back by a dispute comes again: what counts is what it saw on its day.
      const simulated = new Map(simulate(ledger, policy, issued, addDays(issued, lastDay)).flatMap(({ step, at, openMinor }) => (at === probedAt.get(step) ? [[step, openMinor] as const] : [])));

      const start = { actor: systemActor, at: new Date(`${issued}T00:00:00Z`) };
      await upsertCustomers(knex, start, ledger.customers);
      await upsertInvoices(knex, start, [record]);
      const { id } = await knex('invoices').where({ external_id: name }).first<{ id: number }>('id');
      await knex.transaction((trx) => offerDiscounts(trx, [{ key: name, invoiceId: id, source: 'policy', sourceName: 'test@1/offer', rule: { kind: 'percent', rate: 20_000 }, forDays: offeredDays }], new Date(`${issued}T09:00:00Z`)));
      const acts = [...story.acts];
      const seen = new Map<string, number>();
      for (const [step, at] of probedAt) {
        while (acts[0] && Date.parse(acts[0].at) < Date.parse(at)) await acts.shift()!.ledger(knex);
        seen.set(step, (await knex('invoices').where({ id }).first<{ open_minor: number }>('open_minor')).open_minor);
      }
      const compared = [...simulated.keys()].filter((step) => seen.has(step));
      expect(Object.fromEntries(compared.map((step) => [step, seen.get(step)]))).toEqual(Object.fromEntries(compared.map((step) => [step, simulated.get(step)])));
      // What the simulation is silent about is settled.
      const silent = [...probedAt.keys()].filter((step) => !simulated.has(step) && seen.get(step) !== 0);
      expect(silent).toEqual([]);
      discounts += (await knex('applications').where({ invoice_id: id }).whereNotNull('discount_offer_id')).length;
    }), { numRuns: 60 });
    expect(discounts).toBeGreaterThan(0);
  });
});
