import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common';
import type { LocalDate } from '../../domain/calendar/dates';

/**
 * What a list in Temporal's UI shows and filters by. Ids and dates only: Temporal keeps these in clear, so no name, address or
 * amount belongs here. The worker registers them when it starts, since a workflow task with an unknown one never completes.
 */
export const collectionAttributes = {
  customerId: defineSearchAttributeKey('CustomerId', SearchAttributeType.KEYWORD),
  stage: defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD),
  nextMilestone: defineSearchAttributeKey('NextMilestone', SearchAttributeType.DATETIME),
  dueDate: defineSearchAttributeKey('DueDate', SearchAttributeType.DATETIME),
  policyVersion: defineSearchAttributeKey('PolicyVersion', SearchAttributeType.KEYWORD),
};

/** An invoice under collection, as its workflow's list entry tells it. */
export interface Listing {
  customerId: string;
  /** The last step that was taken, or 'new'. */
  stage: string;
  /** ISO instant of the next milestone; null while nothing is planned. */
  nextMilestone: string | null;
  dueDate: LocalDate;
  policyVersion: string;
}

/** The attributes with which a workflow is started. */
export function listingAttributes(listing: Listing): SearchAttributePair[] {
  const pairs: SearchAttributePair[] = [
    { key: collectionAttributes.customerId, value: listing.customerId },
    { key: collectionAttributes.stage, value: listing.stage },
    { key: collectionAttributes.dueDate, value: startOfUtcDay(listing.dueDate) },
    { key: collectionAttributes.policyVersion, value: listing.policyVersion },
  ];
  if (listing.nextMilestone !== null) pairs.push({ key: collectionAttributes.nextMilestone, value: new Date(listing.nextMilestone) });
  return pairs;
}

/** Temporal has no attribute for a date without a time: the start of the day in UTC sorts and filters as the date does. */
export function startOfUtcDay(date: LocalDate): Date {
  return new Date(`${date}T00:00:00Z`);
}
