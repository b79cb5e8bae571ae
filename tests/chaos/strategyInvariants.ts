import { campaignKey, lastVersion, movedStep } from './strategies';

/** Of an invoice, what was open at an instant, by the applications alone. */
const openAt = (instant: string): string =>
  `(i.total_minor - (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a WHERE a.invoice_id = i.id AND a.applied_at <= ${instant} AND (a.reversed_at IS NULL OR a.reversed_at > ${instant})))`;

const outsideWindow = (instant: string): string =>
  `(extract(isodow FROM ${instant} AT TIME ZONE c.time_zone) > 5 OR (${instant} AT TIME ZONE c.time_zone)::time < '09:00' OR (${instant} AT TIME ZONE c.time_zone)::time >= '17:00')`;

/** What must be empty after a life with segment runs, moves of policies and a campaign, and what must not be, so that a check has something to look at. */
export const strategyQueries: readonly { what: string; sql: string }[] = [
  {
    what: 'there was something to check: runs, moves under both rules, and members of the campaign who were written to, held out and stopped',
    sql: `SELECT what FROM (VALUES
            ('executed decisions of runs', (SELECT count(*) FROM segment_decisions WHERE outcome = 'executed')),
            ('moved invoices', (SELECT count(*) FROM policy_moves m JOIN policy_migrations g ON g.id = m.migration_id WHERE g.rules ->> 'mode' = 'move')),
            ('invoices begun anew', (SELECT count(*) FROM policy_moves m JOIN policy_migrations g ON g.id = m.migration_id WHERE g.rules ->> 'mode' = 'restart')),
            ('acts of the campaign', (SELECT count(*) FROM campaign_acts WHERE message_id IS NOT NULL)),
            ('held out', (SELECT count(*) FROM campaign_members WHERE state = 'held-out')),
            ('stopped', (SELECT count(*) FROM campaign_members WHERE state = 'stopped'))) v (what, count) WHERE count = 0`,
  },
  {
    what: 'every run of a segment is over but the last, and nobody in it still waits',
    sql: `SELECT s.key, r.number, r.state FROM segment_runs r JOIN segments s ON s.id = r.segment_id
          WHERE r.state = 'running' AND r.number < (SELECT max(o.number) FROM segment_runs o WHERE o.segment_id = r.segment_id)
          UNION ALL SELECT s.key, r.number, 'waits' FROM segment_decisions d JOIN segment_runs r ON r.id = d.run_id JOIN segments s ON s.id = r.segment_id WHERE r.state = 'done' AND d.outcome = 'deferred'`,
  },
  {
    what: 'segments and campaigns wrote what they decided, once each, and nothing else',
    sql: `SELECT m.source, m.id::text FROM messages m WHERE m.source = 'segment' AND (SELECT count(*) FROM segment_decisions d WHERE d.message_id = m.id AND d.outcome = 'executed') <> 1
          UNION ALL SELECT m.source, m.id::text FROM messages m WHERE m.source = 'campaign' AND (SELECT count(*) FROM campaign_acts a WHERE a.message_id = m.id) <> 1
          UNION ALL SELECT 'lost', d.message_id::text FROM segment_decisions d WHERE d.message_id IS NOT NULL AND NOT EXISTS (SELECT FROM messages m WHERE m.id = d.message_id)
          UNION ALL SELECT 'lost', a.message_id::text FROM campaign_acts a WHERE a.message_id IS NOT NULL AND NOT EXISTS (SELECT FROM messages m WHERE m.id = a.message_id)
          UNION ALL SELECT 'source', m.source FROM messages m WHERE m.source NOT IN ('ladder', 'segment', 'campaign')`,
  },
  {
    what: 'no segment or campaign wrote to, or gave a task about, a customer who owed nothing overdue at that instant',
    sql: `SELECT x.source, c.external_id, x.at FROM (
            SELECT 'segment' AS source, customer_id, at FROM segment_decisions WHERE outcome = 'executed' UNION ALL SELECT 'campaign', customer_id, at FROM campaign_acts
          ) x JOIN customers c ON c.id = x.customer_id
          WHERE NOT EXISTS (SELECT FROM invoices i WHERE i.customer_id = x.customer_id AND i.due_on < (x.at AT TIME ZONE c.time_zone)::date AND ${openAt('x.at')} > 0)`,
  },
  {
    what: 'no campaign acted on somebody who had paid, promised or disputed since joining, or who is held out',
    sql: `SELECT c.external_id, a.step, a.at FROM campaign_acts a JOIN campaign_members m USING (run_id, customer_id) JOIN customers c ON c.id = m.customer_id
          WHERE m.state = 'held-out'
             OR EXISTS (SELECT FROM payments p WHERE p.customer_id = m.customer_id AND p.received_at > m.joined_at AND p.received_at <= a.at)
             OR EXISTS (SELECT FROM promises p WHERE p.customer_id = m.customer_id AND p.made_at > m.joined_at AND p.made_at <= a.at)
             OR EXISTS (SELECT FROM disputes d JOIN invoices i ON i.id = d.invoice_id WHERE i.customer_id = m.customer_id AND d.opened_at > m.joined_at AND d.opened_at <= a.at)`,
  },
  {
    what: 'the campaign is over: each member has an end, and took its steps in their order',
    sql: `SELECT c.external_id, m.state, m.step::text FROM campaign_members m JOIN customers c ON c.id = m.customer_id WHERE m.state = 'active'
             OR m.step <> (SELECT count(*) FROM campaign_acts a WHERE a.run_id = m.run_id AND a.customer_id = m.customer_id)
          UNION ALL SELECT k.key, r.state, r.run::text FROM campaign_runs r JOIN campaigns k ON k.id = r.campaign_id WHERE r.state <> 'done' OR k.key <> '${campaignKey}'`,
  },
  {
    what: 'segments and campaigns wrote on weekdays between 9 and 17, where the recipient is',
    sql: `SELECT m.source, m.id::text, x.at FROM (SELECT message_id, at FROM segment_decisions WHERE outcome = 'executed' UNION ALL SELECT message_id, at FROM campaign_acts) x
          JOIN messages m ON m.id = x.message_id JOIN customers c ON c.id = m.customer_id WHERE ${outsideWindow('x.at')}`,
  },
  {
    what: 'both moves are done, and each invoice moved once in each',
    sql: `SELECT g.id::text, g.state, g.total::text, g.moved::text FROM policy_migrations g
          WHERE g.state <> 'done' OR g.moved <> (SELECT count(*) FROM policy_moves m WHERE m.migration_id = g.id) OR g.moved > g.total
          UNION ALL SELECT 'moves', count(*)::text, '', '' FROM policy_migrations HAVING count(*) <> ${lastVersion - 1}`,
  },
  {
    what: 'what is under way is under the last version',
    sql: `SELECT i.external_id, v.version FROM collections k JOIN invoices i ON i.id = k.invoice_id JOIN policy_versions v ON v.id = k.policy_version_id WHERE k.state = 'active' AND v.version <> ${lastVersion}`,
  },
  {
    what: 'a step that was done before the move was not done again after it',
    sql: `SELECT i.external_id, d.action, CASE d.step WHEN '${movedStep.from}' THEN '${movedStep.to}' ELSE d.step END AS step FROM decisions d JOIN invoices i ON i.id = d.invoice_id JOIN policy_versions v ON v.id = d.policy_version_id
          WHERE v.version IN (1, 2) AND d.outcome = 'executed' AND d.occurrence = 1 GROUP BY 1, 2, 3 HAVING count(*) > 1`,
  },
];
