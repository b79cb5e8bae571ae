import { Button, Stack } from '@mantine/core';
import { useRouteError } from 'react-router';
import { ErrorState } from '../feedback/ErrorState';

/** A page that could not be drawn at all: the rest of the console goes on. */
export function PageCrash() {
  const error = useRouteError();
  return (
    <Stack p="xl" maw={640} align="flex-start">
      <ErrorState error={error} />
      <Button onClick={() => window.location.reload()}>Reload the page</Button>
    </Stack>
  );
}
