/** More customers a preview does not look at; it says so. */
export const previewedMax = 100_000;
/** Nobody joins a campaign that events start before one happens: those to whom it has happened in so many days stand for them. */
export const eventDays = 30;
