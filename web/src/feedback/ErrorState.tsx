import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { problemOf, whatToTry } from '../http/problem';

interface Props {
  error: unknown;
  /** Offered as a button where trying again can help. */
  retry?: () => void;
}

/** What happened and what to try, in place of what could not be shown or done. */
export function ErrorState({ error, retry }: Props) {
  const problem = problemOf(error);
  const advice = whatToTry(problem.status);
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} title={problem.title} role="alert">
      <Stack gap={6} align="flex-start">
        {problem.detail && problem.detail !== problem.title && <Text size="sm">{problem.detail}</Text>}
        {problem.errors && problem.errors.length > 0 && (
          <List size="sm">
            {problem.errors.map((each, index) => (
              <List.Item key={index}>{each.path ? <><b>{each.path}</b>: {each.message}</> : each.message}</List.Item>
            ))}
          </List>
        )}
        {advice && <Text size="sm">{advice}</Text>}
        {retry && <Button variant="default" onClick={retry}>Try again</Button>}
      </Stack>
    </Alert>
  );
}
