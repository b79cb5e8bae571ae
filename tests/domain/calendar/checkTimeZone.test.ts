import { checkTimeZone, timeZoneNamed, zoneMeantBy } from '../../../domain/calendar/checkTimeZone';

test.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Asia/Calcutta', 'UTC', 'Etc/UTC', 'Etc/GMT+5'])('%s is a zone', (name) => {
  expect(checkTimeZone(name)).toBeNull();
  expect(timeZoneNamed(name)).toBe(name);
});

test.each([['europe/berlin', 'Europe/Berlin'], ['AMERICA/PORT-AU-PRINCE', 'America/Port-au-Prince'], ['utc', 'UTC'], ['africa/dar_es_salaam', 'Africa/Dar_es_Salaam']])('%s is written %s', (text, name) => {
  expect(checkTimeZone(text)).toBeNull();
  expect(timeZoneNamed(text)).toBe(name);
});

test.each([
  ['CAT', 'did you mean Africa/Maputo?'],
  ['AET', 'did you mean Australia/Sydney?'],
  ['CTT', 'did you mean Asia/Shanghai?'],
  ['BST', 'the abbreviation is not clear, write Europe/London or Asia/Dhaka'],
  ['ast', 'the abbreviation is not clear, write America/Halifax or Asia/Riyadh'],
  ['Japan', 'did you mean Asia/Tokyo?'],
  ['US/Pacific', 'did you mean America/Los_Angeles?'],
  ['GMT', 'did you mean UTC?'],
  ['Berlin', 'did you mean Europe/Berlin?'],
  ['New York', 'did you mean America/New_York?'],
  ['Europe/Berlni', 'did you mean Europe/Berlin?'],
  ['+01:00', 'write it like Europe/Berlin'],
  ['Mars/Olympus', 'write it like Europe/Berlin'],
  ['', 'write it like Europe/Berlin'],
  ['__proto__', 'write it like Europe/Berlin'],
  ['x'.repeat(9_000), 'write it like Europe/Berlin'],
])('%s is refused with what to write', (text, advice) => {
  expect(checkTimeZone(text)).toBe(`is not an IANA time zone of the form Area/City; ${advice}`);
  expect(timeZoneNamed(text)).toBeNull();
});

test('what a ledger of an earlier version holds is named by what it meant', () => {
  expect(['CAT', 'BST', 'SST', 'europe/paris', 'Egypt', 'Mars/Olympus'].map(zoneMeantBy)).toEqual(['Africa/Maputo', 'Asia/Dhaka', 'Pacific/Guadalcanal', 'Europe/Paris', 'Africa/Cairo', null]);
});
