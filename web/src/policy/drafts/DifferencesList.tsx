import { EmptyState } from '../../feedback/EmptyState';
import classes from './DraftPage.module.css';
import type { PolicyDraft } from './queries';

/** What a draft changes, in words, from the version that it is compared with. */
export function DifferencesList({ draft }: { draft: PolicyDraft }) {
  if (draft.differences.length === 0) {
    return <EmptyState title="No differences">{draft.baseVersionId === null ? 'This draft was made from nothing published.' : draft.valid ? 'It says what is published already.' : 'They are told once it has no errors.'}</EmptyState>;
  }
  return <ul className={classes.differences}>{draft.differences.map(({ text }, index) => <li key={index}>{text}</li>)}</ul>;
}
