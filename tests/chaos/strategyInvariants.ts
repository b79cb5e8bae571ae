import type { Check } from './invariants';
import { campaignKey, contactRules, experimentKey, lastVersion, movedStep } from './strategies';

/** Of an invoice, what was open at an instant, by the applications alone. */
const openAt = (instant: string): string =>
  `(i.total_minor - (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a WHERE a.invoice_id = i.id AND a.applied_at <= ${instant} AND (a.reversed_at IS NULL OR a.reversed_at > ${instant})))`;

const outsideWindow = (instant: string): string =>
  `(extract(isodow FROM ${instant} AT TIME ZONE c.time_zone) > 5 OR (${instant} AT TIME ZONE c.time_zone)::time < '09:00' OR (${instant} AT TIME ZONE c.time_zone)::time >= '17:00')`;

/** What must be empty after a life with segment runs, moves of policies, a campaign and an experiment, and what must not be, so that a check has something to look at. */
export const strategyChecks: readonly Check[] = [
  {
    of: [2],
    what: 'there was something to check: runs, moves under both rules and of an experiment there and back, members of the campaign who were written to, held out, stopped and escalated, and mail to leadership',
    sql: `SELECT what FROM (VALUES
            ('executed decisions of runs', (SELECT count(*) FROM segment_decisions WHERE outcome = 'executed')),
            ('moved invoices', (SELECT count(*) FROM policy_moves m JOIN policy_migrations g ON g.id = m.migration_id WHERE g.rules ->> 'mode' = 'move')),
            ('invoices begun anew', (SELECT count(*) FROM policy_moves m JOIN policy_migrations g ON g.id = m.migration_id WHERE g.rules ->> 'mode' = 'restart')),
            ('acts of the campaign', (SELECT count(*) FROM campaign_acts WHERE message_id IS NOT NULL)),
            ('held out', (SELECT count(*) FROM campaign_members WHERE state = 'held-out')),
            ('stopped', (SELECT count(*) FROM campaign_members WHERE state = 'stopped')),
            ('escalated', (SELECT count(*) FROM campaign_acts WHERE step = 'call')),
            ('drawn', (SELECT count(*) FROM policy_moves m JOIN policy_versions v ON v.id = m.to_version_id WHERE v.policy = 'gentle')),
            ('back', (SELECT count(*) FROM policy_moves m JOIN policy_versions v ON v.id = m.from_version_id WHERE v.policy = 'gentle')),
            ('mail to leadership', (SELECT count(*) FROM messages WHERE source = 'internal')),
            ('escalation contacts', (SELECT count(*) FROM messages WHERE source = 'ladder' AND EXISTS (SELECT FROM unnest(to_addresses) a WHERE starts_with(a, 'boss-')))),
            ('escalation contacts asked for', (SELECT count(*) FROM decisions WHERE action = 'find-contact' AND outcome = 'executed'))) v (what, count) WHERE count = 0`,
  },
  {
    of: [6],
    what: 'every run of a segment is over but the last, and nobody in it still waits',
    sql: `SELECT s.key, r.number, r.state FROM segment_runs r JOIN segments s ON s.id = r.segment_id
          WHERE r.state = 'running' AND r.number < (SELECT max(o.number) FROM segment_runs o WHERE o.segment_id = r.segment_id)
          UNION ALL SELECT s.key, r.number, 'waits' FROM segment_decisions d JOIN segment_runs r ON r.id = d.run_id JOIN segments s ON s.id = r.segment_id WHERE r.state = 'done' AND d.outcome = 'deferred'`,
  },
  {
    of: [2],
    what: 'segments and campaigns wrote what they decided, once each, and nothing else',
    sql: `SELECT m.source, m.id::text FROM messages m WHERE m.source = 'segment' AND (SELECT count(*) FROM segment_decisions d WHERE d.message_id = m.id AND d.outcome = 'executed') <> 1
          UNION ALL SELECT m.source, m.id::text FROM messages m WHERE m.source = 'campaign' AND (SELECT count(*) FROM campaign_acts a WHERE a.message_id = m.id) <> 1
          UNION ALL SELECT 'lost', d.message_id::text FROM segment_decisions d WHERE d.message_id IS NOT NULL AND NOT EXISTS (SELECT FROM messages m WHERE m.id = d.message_id)
          UNION ALL SELECT 'lost', a.message_id::text FROM campaign_acts a WHERE a.message_id IS NOT NULL AND NOT EXISTS (SELECT FROM messages m WHERE m.id = a.message_id)
          UNION ALL SELECT 'source', m.source FROM messages m WHERE m.source NOT IN ('ladder', 'segment', 'campaign', 'internal')`,
  },
  {
    of: [1],
    what: 'no segment or campaign wrote to, or gave a task about, a customer who owed nothing overdue at that instant',
    sql: `SELECT x.source, c.external_id, x.at FROM (
            SELECT 'segment' AS source, customer_id, at FROM segment_decisions WHERE outcome = 'executed' UNION ALL SELECT 'campaign', customer_id, at FROM campaign_acts
          ) x JOIN customers c ON c.id = x.customer_id
          WHERE NOT EXISTS (SELECT FROM invoices i WHERE i.customer_id = x.customer_id AND i.due_on < (x.at AT TIME ZONE c.time_zone)::date AND ${openAt('x.at')} > 0)`,
  },
  {
    of: [1],
    what: 'no campaign acted on somebody who had paid, promised or disputed since joining, or who is held out',
    sql: `SELECT c.external_id, a.step, a.at FROM campaign_acts a JOIN campaign_members m USING (run_id, customer_id) JOIN customers c ON c.id = m.customer_id
          WHERE m.state = 'held-out'
             OR EXISTS (SELECT FROM payments p WHERE p.customer_id = m.customer_id AND p.received_at > m.joined_at AND p.received_at <= a.at)
             OR EXISTS (SELECT FROM promises p WHERE p.customer_id = m.customer_id AND p.made_at > m.joined_at AND p.made_at <= a.at)
             OR EXISTS (SELECT FROM disputes d JOIN invoices i ON i.id = d.invoice_id WHERE i.customer_id = m.customer_id AND d.opened_at > m.joined_at AND d.opened_at <= a.at)`,
  },
  {
    of: [2, 6],
    what: 'the campaign is over: each member has an end, and took its steps in their order',
    sql: `SELECT c.external_id, m.state, m.step::text FROM campaign_members m JOIN customers c ON c.id = m.customer_id WHERE m.state = 'active'
             OR m.step <> (SELECT count(*) FROM campaign_acts a WHERE a.run_id = m.run_id AND a.customer_id = m.customer_id)
          UNION ALL SELECT k.key, k.state, r.state FROM campaigns k LEFT JOIN campaign_runs r ON r.campaign_id = k.id WHERE k.state <> 'ended' OR r.run IS DISTINCT FROM 1 OR (k.key = '${campaignKey}' AND r.state <> 'done')
          UNION ALL SELECT 'campaigns', count(*)::text, '' FROM campaigns HAVING count(*) <> 2`,
  },
  {
    of: [4],
    what: 'segments and campaigns wrote on weekdays between 9 and 17, where the recipient is',
    sql: `SELECT m.source, m.id::text, x.at FROM (SELECT message_id, at FROM segment_decisions WHERE outcome = 'executed' UNION ALL SELECT message_id, at FROM campaign_acts) x
          JOIN messages m ON m.id = x.message_id JOIN customers c ON c.id = m.customer_id WHERE ${outsideWindow('x.at')}`,
  },
  {
    of: [2, 6],
    what: 'all moves are done, and each invoice moved once in each',
    sql: `SELECT g.id::text, g.state, g.total::text, g.moved::text FROM policy_migrations g
          WHERE g.state <> 'done' OR g.moved <> (SELECT count(*) FROM policy_moves m WHERE m.migration_id = g.id) OR g.moved > g.total
          UNION ALL SELECT 'moves between versions', count(*)::text, '', '' FROM policy_migrations WHERE scope ->> 'kind' = 'versions' HAVING count(*) <> ${lastVersion - 1}
          UNION ALL SELECT 'moves of the experiment', count(*)::text, '', '' FROM policy_migrations WHERE scope ->> 'kind' = 'experiment' HAVING count(*) <> 2`,
  },
  {
    of: [6],
    what: 'what is under way is under the last version, and nothing under what was tried; what was settled at the time of the moves stays where its history is',
    sql: `SELECT i.external_id, v.policy, v.version FROM collections k JOIN invoices i ON i.id = k.invoice_id JOIN policy_versions v ON v.id = k.policy_version_id
          WHERE k.state = 'active' AND (v.policy = 'gentle' OR (v.policy = 'reference' AND v.version <> ${lastVersion}))
            AND NOT EXISTS (SELECT FROM applications a WHERE a.invoice_id = i.id AND a.reversed_at IS NOT NULL)`,
  },
  {
    of: [2],
    what: 'a step that was done before a move was not done again after it, until a ladder was begun anew',
    sql: `SELECT i.external_id, d.action, CASE d.step WHEN '${movedStep.from}' THEN '${movedStep.to}' ELSE d.step END AS step, array_agg(v.policy || '@' || v.version || ' ' || d.at ORDER BY d.id) AS done
          FROM decisions d JOIN invoices i ON i.id = d.invoice_id JOIN policy_versions v ON v.id = d.policy_version_id
          WHERE d.outcome = 'executed' AND d.action NOT IN ('release', 'release-notice')
            AND NOT EXISTS (SELECT FROM policy_moves m JOIN policy_migrations g ON g.id = m.migration_id WHERE m.invoice_id = d.invoice_id AND g.rules ->> 'mode' = 'restart' AND m.at <= d.at)
          GROUP BY 1, 2, 3 HAVING count(*) > 1`,
  },
  {
    of: [3],
    what: 'between two contacts of a customer, whoever made them, lie the days of the policies, and no seven days have more than these allow',
    sql: `SELECT c.external_id, one.contact_on, one.source, other.contact_on AS next, other.source AS by FROM messages one JOIN messages other ON other.customer_id = one.customer_id AND other.id <> one.id AND (other.contact_on, other.id) > (one.contact_on, one.id)
            JOIN customers c ON c.id = one.customer_id
          WHERE one.state <> 'cancelled' AND other.state <> 'cancelled' AND other.contact_on < one.contact_on + ${contactRules.minimumDaysBetween}
          UNION ALL SELECT c.external_id, m.contact_on, 'in seven days', NULL, count(*)::text FROM messages m JOIN messages o ON o.customer_id = m.customer_id AND o.contact_on BETWEEN m.contact_on AND m.contact_on + 6 AND o.state <> 'cancelled'
            JOIN customers c ON c.id = m.customer_id WHERE m.state <> 'cancelled' GROUP BY c.external_id, m.id, m.contact_on HAVING count(*) > ${contactRules.messagesAWeek}`,
  },
  {
    of: [3],
    what: 'ladders, segments and campaigns competed for the same customers: each was held back by spacing or a cap, or made another wait',
    sql: `SELECT what FROM (VALUES ('ladders', (SELECT count(*) FROM decisions WHERE outcome = 'deferred' AND reason_code IN ('spacing', 'cap'))),
            ('caps', (SELECT count(*) FROM decisions WHERE outcome = 'deferred' AND reason_code = 'cap')),
            ('segments', (SELECT count(*) FROM segment_decisions WHERE reason_code IN ('spacing', 'cap', 'collapsed'))),
            ('customers of all three', (SELECT count(*) FROM (SELECT customer_id FROM messages WHERE contact_on IS NOT NULL GROUP BY 1 HAVING count(DISTINCT source) = 3) m))) v (what, count) WHERE count = 0`,
  },
  {
    of: [1],
    what: 'leadership was written to about what was open, and about nothing else',
    sql: `SELECT m.id::text, i.external_id, m.queued_at FROM messages m JOIN message_invoices l ON l.message_id = m.id JOIN invoices i ON i.id = l.invoice_id WHERE m.source = 'internal' AND m.state <> 'cancelled' AND ${openAt('m.queued_at')} <= 0
          UNION ALL SELECT m.id::text, 'no decision', m.queued_at FROM messages m WHERE m.source = 'internal' AND NOT EXISTS (SELECT FROM decisions d WHERE d.message_id = m.id AND d.action = 'leadership' AND d.outcome = 'executed')`,
  },
  {
    of: [2],
    what: 'the experiment was ended once, and everybody whom it had drawn for another policy went back, once',
    sql: `SELECT 'entries' AS what, count(*)::text AS found FROM audit_entries WHERE action = 'campaign.experiment-ended' AND subject_id = '${experimentKey}' HAVING count(*) <> 1
          UNION ALL SELECT 'assigned still', customer_id::text FROM policy_assignments WHERE assigned_by = 'Experiment ${experimentKey}'
          UNION ALL SELECT c.external_id, array_to_string(array_agg(coalesce(h.policy_before, 'none') || ' to ' || coalesce(h.policy_after, 'none') ORDER BY h.id), ', ') FROM campaign_members m JOIN campaign_runs r ON r.id = m.run_id JOIN campaigns k ON k.id = r.campaign_id
            JOIN customers c ON c.id = m.customer_id LEFT JOIN policy_assignment_changes h ON h.customer_id = c.id WHERE k.key = '${experimentKey}' AND m.experiment_group = 'gentle' GROUP BY c.id, c.external_id
            HAVING array_agg(coalesce(h.policy_before, 'none') || ' to ' || coalesce(h.policy_after, 'none') ORDER BY h.id) <> ARRAY['none to gentle', 'gentle to none']`,
  },
  {
    of: [5],
    what: 'nobody touched those who were to be left alone',
    sql: `SELECT c.external_id FROM customers c WHERE c.tier = 'steady' AND (EXISTS (SELECT FROM campaign_members m WHERE m.customer_id = c.id) OR EXISTS (SELECT FROM policy_moves m JOIN invoices i ON i.id = m.invoice_id WHERE i.customer_id = c.id)
          OR EXISTS (SELECT FROM collections k JOIN policy_versions v ON v.id = k.policy_version_id WHERE k.customer_id = c.id AND v.policy <> 'steady'))`,
  },
];
