import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { isTyping } from '../table/useRowKeys';
import { destinations } from './destinations';

/** How long the second key of a pair (g, then i) may take. */
const pairMs = 1200;

const listKeys = [
  ['/', 'Search this page'],
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['Enter', 'Open the row'],
  ['?', 'This list'],
] as const;

/** The keys that work on every page, and the list of them. */
export function Shortcuts() {
  const [opened, setOpened] = useState(false);
  const navigate = useNavigate();
  const lastG = useRef(0);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('input[data-page-search]');
        if (search) { event.preventDefault(); search.focus(); search.select(); }
        return;
      }
      if (event.key === '?') { setOpened(true); return; }
      if (event.key === 'g') { lastG.current = event.timeStamp; return; }
      const destination = event.timeStamp - lastG.current < pairMs ? destinations.find((each) => each.key === event.key) : undefined;
      lastG.current = 0;
      if (destination) void navigate(destination.to);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);

  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title="Keyboard" size="sm" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap={6}>
        {listKeys.map(([key, what]) => <Line key={key} keys={[key]} what={what} />)}
        {destinations.filter((each) => each.key).map((each) => <Line key={each.to} keys={['g', each.key ?? '']} what={each.label} />)}
      </Stack>
    </Modal>
  );
}

function Line({ keys, what }: { keys: readonly string[]; what: string }) {
  return (
    <Group justify="space-between">
      <Text size="sm">{what}</Text>
      <Group gap={4}>{keys.map((key) => <Kbd key={key} size="xs">{key}</Kbd>)}</Group>
    </Group>
  );
}
