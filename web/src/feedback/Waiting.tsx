import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';

/** Grey lines, and those only when the wait is longer than 150 ms. */
export function Waiting({ lines = 6 }: { lines?: number }) {
  return (
    <Stack gap={10} className="appear-late" role="status">
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: lines }, (_, index) => <Skeleton key={index} height={14} width={`${95 - (index % 4) * 12}%`} />)}
    </Stack>
  );
}
