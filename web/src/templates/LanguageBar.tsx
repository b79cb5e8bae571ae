import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Words } from './queries';

interface Props {
  words: Words;
  language: string;
  mayEdit: boolean;
  onLanguage: (language: string) => void;
  onWords: (words: Words) => void;
}

/** The languages that there are words in, and the way to another one: it begins as a copy of the one that is shown. */
export function LanguageBar({ words, language, mayEdit, onLanguage, onWords }: Props) {
  const [tag, setTag] = useState('');
  const canAdd = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/.test(tag) && !(tag in words.texts);
  const add = () => {
    const copied = words.texts[language];
    if (!copied) return;
    onWords({ ...words, texts: { ...words.texts, [tag]: copied } });
    onLanguage(tag);
    setTag('');
  };
  return (
    <Group gap="xs" justify="space-between">
      <SegmentedControl aria-label="Language" size="xs" value={language} onChange={onLanguage} data={Object.keys(words.texts).sort().map((each) => ({ value: each, label: each === words.defaultLanguage ? `${each} (default)` : each }))} />
      {mayEdit && (
        <Group gap={6}>
          <TextInput aria-label="Tag of another language, as in pt-BR" placeholder="pt-BR" w={80} value={tag} onChange={(event) => setTag(event.currentTarget.value.trim())} />
          <Button variant="default" disabled={!canAdd} onClick={add}>Add language</Button>
        </Group>
      )}
    </Group>
  );
}
