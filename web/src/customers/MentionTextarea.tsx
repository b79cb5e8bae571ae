import { Combobox, Textarea, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { peopleQuery } from '../tasks/queries';

const offeredMax = 6;
/** An `@` that begins a word, and what has been typed of a name since. */
const beginning = /(?<![\p{L}\p{N}_.])@([\p{L}\p{N}' -]{0,40})$/u;

/** The text of a note. Typing @ offers the people who can be mentioned. */
export function MentionTextarea({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const { data: people } = useQuery(peopleQuery);
  const combobox = useCombobox();
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const typed = beginning.exec(value.slice(0, caret))?.[1];
  const offered = typed === undefined ? [] : (people?.items ?? []).filter(({ name }) => name.toLocaleLowerCase().startsWith(typed.toLocaleLowerCase()) && name !== typed).slice(0, offeredMax);
  const opened = combobox.dropdownOpened && offered.length > 0;

  const changed = (text: string, at: number) => {
    onChange(text);
    setCaret(at);
    if (beginning.test(text.slice(0, at))) combobox.openDropdown();
    else combobox.closeDropdown();
    combobox.selectFirstOption();
  };
  const mention = (name: string) => {
    const start = caret - (typed?.length ?? 0);
    const text = `${value.slice(0, start)}${name} ${value.slice(caret)}`;
    onChange(text);
    setCaret(start + name.length + 1);
    combobox.closeDropdown();
    requestAnimationFrame(() => field.current?.setSelectionRange(start + name.length + 1, start + name.length + 1));
  };
  return (
    <Combobox store={{ ...combobox, dropdownOpened: opened }} onOptionSubmit={mention} position="bottom-start" width={260}>
      <Combobox.Target withKeyboardNavigation={opened} withAriaAttributes={opened} targetType="input">
        <Textarea
          ref={field} aria-label={label} placeholder="What was said or agreed; @ mentions somebody" minRows={2} autosize maxRows={12} value={value}
          onChange={(event) => changed(event.currentTarget.value, event.currentTarget.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)} onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label="People to mention">{offered.map(({ id, name }) => <Combobox.Option key={id} value={name}>{name}</Combobox.Option>)}</Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
