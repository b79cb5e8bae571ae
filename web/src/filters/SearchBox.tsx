import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

const typingPauseMs = 250;

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** The page's search: `/` puts the cursor here, Escape gives it back to the list. */
export function SearchBox({ label, value, onChange }: Props) {
  const [text, setText] = useState(value);
  const sent = useRef(value);

  // The address bar is in charge: the back button must be able to change the text.
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);

  useEffect(() => {
    if (text === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [text, onChange]);

  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      data-page-search
      w={260}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={text ? <CloseButton size="xs" aria-label="Clear the search" onClick={() => setText('')} /> : <Kbd size="xs" aria-hidden>/</Kbd>}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
        if (event.key === 'Enter') { sent.current = text; onChange(text); }
      }}
    />
  );
}
