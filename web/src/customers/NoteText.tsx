import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { peopleQuery } from '../tasks/queries';

/** What somebody wrote, as plain text, with the people it mentions made visible. */
export function NoteText({ text }: { text: string }) {
  const { data: people } = useQuery(peopleQuery);
  const mention = useMemo(() => {
    const names = (people?.items ?? []).map(({ name }) => name.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).filter(Boolean).sort((a, b) => b.length - a.length);
    return names.length > 0 ? new RegExp(`(?<![\\p{L}\\p{N}_.])(@(?:${names.join('|')}))(?![\\p{L}\\p{N}_])`, 'giu') : null;
  }, [people]);
  if (!mention) return text;
  // Split at a pattern with one group: every second part is what the group caught.
  return text.split(mention).map((part, index) => (index % 2 === 1 ? <Text key={index} span inherit fw={600}>{part}</Text> : part));
}
