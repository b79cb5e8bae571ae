import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { collectionAttributes, listingAttributes, type Listing } from '../contracts/searchAttributes';
import type { CollectionRun } from './state';

/** What the attributes given at the start say; null when it was started by a message, which gives none. */
export function listingAtStart(): Listing | null {
  const attributes = workflowInfo().typedSearchAttributes;
  const customerId = attributes.get(collectionAttributes.customerId);
  const stage = attributes.get(collectionAttributes.stage);
  const dueDate = attributes.get(collectionAttributes.dueDate);
  const policyVersion = attributes.get(collectionAttributes.policyVersion);
  if (customerId === undefined || stage === undefined || dueDate === undefined || policyVersion === undefined) return null;
  const nextMilestone = attributes.get(collectionAttributes.nextMilestone)?.toISOString() ?? null;
  return { customerId, stage, nextMilestone, dueDate: dueDate.toISOString().slice(0, 10), policyVersion };
}

/** Keeps the workflow's entry in Temporal's lists true, at the price of an event only when it changed. */
export function showListing(run: CollectionRun, listing: Listing | null): void {
  if (listing === null || sameListing(listing, run.shown)) return;
  run.shown = listing;
  const pairs: SearchAttributeUpdatePair[] = listingAttributes(listing);
  if (listing.nextMilestone === null) pairs.push({ key: collectionAttributes.nextMilestone, value: null });
  upsertSearchAttributes(pairs);
  const next = listing.nextMilestone === null ? 'Nothing is planned.' : `Next milestone: ${listing.nextMilestone}.`;
  setCurrentDetails(`Stage **${listing.stage}** under ${listing.policyVersion}. ${next}`);
}

function sameListing(a: Listing, b: Listing | null): boolean {
  return b !== null && a.stage === b.stage && a.nextMilestone === b.nextMilestone && a.dueDate === b.dueDate && a.policyVersion === b.policyVersion && a.customerId === b.customerId;
}
