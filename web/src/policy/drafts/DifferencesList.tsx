import type { Schema } from '../../http/client';
import { EmptyState } from '../../feedback/EmptyState';
import classes from './DraftPage.module.css';
import type { PolicyDraft } from './queries';

/** What one text of a policy changes from another, in words. */
export function Differences({ items, none = 'It says what is published already.' }: { items: readonly Schema<'PolicyDifference'>[]; none?: string }) {
  if (items.length === 0) return <EmptyState title="No differences">{none}</EmptyState>;
  return <ul className={classes.differences}>{items.map(({ text }, index) => <li key={index}>{text}</li>)}</ul>;
}

/** What a draft changes from the version that it is compared with. */
export function DraftDifferences({ draft }: { draft: PolicyDraft }) {
  return <Differences items={draft.differences} none={draft.baseVersionId === null ? 'This draft was made from nothing published.' : draft.valid ? undefined : 'They are told once it has no errors.'} />;
}
