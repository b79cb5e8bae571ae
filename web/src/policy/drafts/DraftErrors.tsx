import { Alert, Code } from '@mantine/core';
import { plural } from '../../format/money';
import classes from './DraftPage.module.css';
import type { PolicyDraft } from './queries';

/** All that is wrong, with its place in the document. The steps show theirs too. */
export function DraftErrors({ errors }: { errors: PolicyDraft['errors'] }) {
  if (errors.length === 0) return null;
  return (
    <Alert color="red" variant="light" title={plural(errors.length, 'error')} role="alert" mb="sm">
      <ul className={classes.differences}>{errors.map(({ path, message }, index) => <li key={index}>{path && <Code>{path}</Code>} {message}</li>)}</ul>
    </Alert>
  );
}
