/** Public holidays of 2026 in the countries of the lived ledger, off the calendars of those countries and not out of the library that the product asks. */
export const publicHolidays: Readonly<Record<string, readonly string[]>> = {
  DE: ['2026-01-01', '2026-01-06', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-06-04'],
  US: ['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-07-03'],
  ES: ['2026-01-01', '2026-01-06', '2026-04-03', '2026-05-01'],
  JP: ['2026-01-01', '2026-01-12', '2026-02-11', '2026-02-23', '2026-03-20', '2026-04-29', '2026-05-04', '2026-05-05', '2026-05-06', '2026-07-20'],
};
