import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyState } from '../feedback/EmptyState';
import { Page } from './Page';

export function Component() {
  return (
    <Page title="No such page">
      <EmptyState title="There is nothing at this address" action={<Anchor component={Link} to="/">Go to the overview</Anchor>}>
        The link may be old, or the address mistyped.
      </EmptyState>
    </Page>
  );
}
