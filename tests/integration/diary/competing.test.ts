import { systemActor } from '../../../db/audit/actor';
import { createAutomation, switchAutomation } from '../../../db/automations/automations';
import { createCampaign, launchCampaign } from '../../../db/campaigns/campaigns';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { publishPolicy } from '../../../db/policies';
import { setRun } from '../../../db/segments/controlRun';
import { createSegment } from '../../../db/segments/segments';
import { readAutomation } from '../../../domain/automation/readAutomation';
import { automationDocument } from '../../../domain/automation/schema';
import { daysBetween } from '../../../domain/calendar/dates';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument } from '../../../domain/campaign/schema';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import type { Policy } from '../../../domain/policy/types';
import { readRun } from '../../../domain/segment/readRun';
import { startDeployment, type Deployment } from '../../collection/deployment';

jest.setTimeout(300_000);

let deployment: Deployment;
const startsAt = '2026-03-02T06:00:00Z';
const now = Date.parse(startsAt);

/** A policy that reminds on some days after the due date, whatever day that is, and writes so often a week at most. */
function reminding(name: string, days: readonly number[], aWeek: number): { policy: Policy; source: string } {
  const source = `
policy: ${name}
version: 1
title: ${name}
calendar: { timeZone: customer, window: { opens: "09:00", closes: "17:00" }, weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
contact: { minimumDaysBetween: 0, merge: same-day, caps: [{ messages: ${aWeek}, per: week }] }
steps:
${days.map((day) => `  - { id: day-${day}, title: Day ${day}, anchor: due, offset: { days: ${day} }, catchUp: { sendLate: { limitDays: 10 } }, actions: [{ email: { template: overdue-7, to: [billing] } }] }`).join('\n')}
`;
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return { policy: parsed.policy, source };
}

/** One customer, an invoice under each of two policies, a segment that writes on Tuesdays, a campaign of two letters, and an automation. The policy of the older invoice is the loose one. */
beforeAll(async () => {
  deployment = await startDeployment({ startsAt, policy: reminding('first', [1, 3, 10, 20], 6) });
  const { knex, settle } = deployment;
  const context = { actor: systemActor, at: new Date(startsAt) };
  const invoice = (externalId: string) => ({ externalId, customerExternalId: 'ACME', issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'EUR', totalMinor: 50_000 });
  await upsertCustomers(knex, context, [{ externalId: 'ACME', name: 'Acme', timeZone: 'UTC', contacts: [{ role: 'billing', email: 'a@example.com' }] }]);
  await upsertInvoices(knex, context, [invoice('UNDER-FIRST')]);
  await settle();
  await knex.transaction((trx) => publishPolicy(trx, { ...reminding('second', [2, 5, 12, 22], 2), actor: systemActor }));
  await upsertInvoices(knex, context, [invoice('UNDER-SECOND')]);
  const { id } = await knex.transaction((trx) => createSegment(trx, systemActor, 'tuesdays', { title: 'Tuesdays', description: null, condition: { invoices: 'some' } }, now));
  const read = readRun({
    rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'UTC', atMinute: 540, holidays: null, when: null, invoices: { which: 'open', where: null }, minimumDaysBetween: 0,
    actions: [{ kind: 'email', template: 'account-summary', to: ['billing'] }],
  });
  const document = campaignDocument.parse({
    title: 'Spring', audience: { segment: 'tuesdays' }, schedule: { kind: 'now' },
    steps: [{ id: 'first', afterDays: 1, action: { kind: 'email', template: 'overdue-7' } }, { id: 'second', afterDays: 4, action: { kind: 'email', template: 'overdue-7' } }],
  });
  const campaign = readCampaign(document);
  const automationWritten = automationDocument.parse({ title: 'Weeks', trigger: { kind: 'invoice.overdue', days: 8 }, limit: { firings: 9, days: 7 }, actions: [{ kind: 'email', template: 'overdue-7' }] });
  const automation = readAutomation(automationWritten);
  if (!read.ok || 'problems' in campaign || 'problems' in automation) throw new Error(JSON.stringify([read, campaign, automation]));
  await knex.transaction(async (trx) => switchAutomation(trx, systemActor, await createAutomation(trx, systemActor, 'weeks', { document: automationWritten, automation: automation.automation }, now), true, now));
  await knex.transaction((trx) => setRun(trx, systemActor, id, read.run, false, now));
  await settle();
  await knex.transaction(async (trx) => launchCampaign(trx, systemActor, await createCampaign(trx, systemActor, 'spring', { document, campaign: campaign.campaign }, now), now));
  await deployment.advanceTo('2026-04-15T12:00:00Z');
});
afterAll(() => deployment?.stop());

test('six weeks: two policies, a segment, a campaign and an automation write to one customer, and in no seven days more often than the stricter policy allows', async () => {
  const { rows } = await deployment.knex.raw<{ rows: { on: string; source: string }[] }>(
    `SELECT to_char(contact_on, 'YYYY-MM-DD') AS "on", source FROM messages WHERE contact_on IS NOT NULL AND state <> 'cancelled' ORDER BY contact_on, id`);
  expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(['ladder', 'segment', 'campaign', 'automation']));
  const crowded = rows.filter(({ on }) => rows.filter((other) => daysBetween(on, other.on) >= 0 && daysBetween(on, other.on) < 7).length > 2);
  expect(crowded).toEqual([]);
  expect(rows.length).toBeGreaterThan(8);
});

test('what was held back says that it was the cap, for steps of either policy and for runs', async () => {
  const { rows } = await deployment.knex.raw<{ rows: { invoice: string }[] }>(
    `SELECT DISTINCT i.external_id AS invoice FROM decisions d JOIN invoices i ON i.id = d.invoice_id WHERE d.outcome = 'deferred' AND d.reason_code = 'cap' ORDER BY 1`);
  expect(rows.map(({ invoice }) => invoice)).toEqual(['UNDER-FIRST', 'UNDER-SECOND']);
  const reasons = await deployment.knex('segment_decisions').whereIn('reason_code', ['cap', 'collapsed']).orWhere('on_date', '<>', deployment.knex.raw("date_trunc('week', on_date)::date + 1"));
  expect(reasons.length).toBeGreaterThan(0);
});
