/**
 * Who did something, as people call them: 'user:3' by the person's name, 'api-key:1' by the key's, the system as Dunwell, an automation by its short name; what is none of these as it stands. SQL, over a column that is never bound.
 * By key, so that a page of rows does not read all users for each.
 */
export function person(column: string): string {
  return `CASE WHEN ${column} ~ '^user:[0-9]{1,18}$' THEN coalesce((SELECT name FROM users WHERE id = substr(${column}, 6)::bigint), ${column})
    WHEN ${column} ~ '^api-key:[0-9]{1,18}$' THEN coalesce((SELECT 'API key ' || name FROM api_keys WHERE id = substr(${column}, 9)::bigint), ${column})
    WHEN ${column} LIKE 'system:%' THEN 'Dunwell' WHEN ${column} LIKE 'automation:%' THEN 'Automation ' || substr(${column}, 12) ELSE ${column} END`;
}
